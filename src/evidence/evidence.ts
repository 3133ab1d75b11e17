/** All that the command needs of packs of evidence: a bundle of its own, loaded only then. */
export { criteriaFile } from "./criteria.ts";
export { buildStatement } from "./build-statement.ts";
export { envelopeText, PAYLOAD_TYPE, preAuthEncoding, signPayload } from "./dsse.ts";
export { exceptionsInForce } from "./exceptions-in-force.ts";
export { judgePack, readStatement } from "./judge-pack.ts";
export { manifestText, sumOf } from "./manifest.ts";
export { compareDerived, isSameVerdict } from "./compare-derived.ts";
export { ENVELOPE, MANIFEST } from "./pack-files.ts";
export { readApproval } from "./read-approval.ts";
export { readSources, nameSources, sourceTree } from "./source-tree.ts";
export { criteriaMarkdown } from "../report/evidence/criteria-markdown.ts";
export { populationCsv } from "../report/evidence/population-csv.ts";
export { readmeText } from "../report/evidence/readme.ts";
export { statementMarkdown } from "../report/evidence/statement-markdown.ts";
export { verifyText } from "../report/evidence/verify-text.ts";
