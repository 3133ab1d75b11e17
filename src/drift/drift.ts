/** All that the command needs of judging live access: a bundle of its own, loaded only then. */
export { evaluateAccess } from "../access/evaluate-access.ts";
export { parseSnapshot } from "../snapshot/parse-snapshot.ts";
export { driftFormats } from "../report/drift/formats.ts";
export { isDriftFailure } from "../report/drift/drift-format.ts";
export { attributeFindings } from "./attribute-findings.ts";
export { compareLive } from "./compare-live.ts";
export { driftRules } from "./rules/registry.ts";
export { reportedRules } from "./reported-rules.ts";
export { writeExceptions } from "./write-exceptions.ts";
export { readState } from "./read-state.ts";
export { viewLive } from "./view-live.ts";
