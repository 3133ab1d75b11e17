/** All that the command needs of packs of evidence: a bundle of its own, loaded only then. */
export { criteriaFile } from "./criteria.ts";
export { buildStatement } from "./build-statement.ts";
export { envelopeText, isSignedBy, keyIdOf, PAYLOAD_TYPE, preAuthEncoding, signPayload } from "./dsse.ts";
export { exceptionsInForce } from "./exceptions-in-force.ts";
export { judgePack, readStatement } from "./judge-pack.ts";
export { isPackName, manifestText, sumOf } from "./manifest.ts";
export { compareAcross, compareDerived, strangeFiles } from "./compare-derived.ts";
export { ENVELOPE, MANIFEST } from "./pack-files.ts";
export { isNamedBy, matchApprovals } from "./match-approvals.ts";
export { nameRecords, oddRecords } from "./name-records.ts";
export { readApproval } from "./read-approval.ts";
export { tellDistance } from "./tell-distance.ts";
export { readSources, nameSources, sourcesRead, sourceTree } from "./source-tree.ts";
export { criteriaMarkdown } from "../report/evidence/criteria-markdown.ts";
export { populationCsv } from "../report/evidence/population-csv.ts";
export { readmeText } from "../report/evidence/readme.ts";
export { statementMarkdown } from "../report/evidence/statement-markdown.ts";
export { verifyText } from "../report/evidence/verify-text.ts";
