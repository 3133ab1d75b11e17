/** All that the commands need that ask who can call whom: a bundle of its own, loaded only then. */
export { blastFormats } from "../report/ask/blast-formats.ts";
export { callersFormats } from "../report/ask/callers-formats.ts";
export { canFormats } from "../report/ask/can-formats.ts";
export { listFormats } from "../report/ask/list-formats.ts";
export { askLive } from "./ask-live.ts";
export { blastRadius } from "./blast-radius.ts";
export { buildGrid } from "./build-grid.ts";
export { canCall } from "./can-call.ts";
export { findCallee, findCaller } from "./find-name.ts";
export { explainAccess } from "./explain/explain-access.ts";
export { explainFormats } from "../report/explain/formats.ts";
export { listCells } from "./list-cells.ts";
export { stepsDeclared, stepsLive } from "./steps.ts";
export { whoCanCall } from "./who-can-call.ts";
