/** All that commands need of audit logs: a bundle of its own, loaded only then. */
export { attribute } from "./attribute.ts";
export { changesFormats } from "../report/changes/formats.ts";
export { readLog } from "./read-log.ts";
export { whoOf } from "./judge-changes.ts";
export { levelsInForce } from "./levels-in-force.ts";
export { replayLogs, reportChanges } from "./report-changes.ts";
