/** What the command line loads to compare two matrices. */
export { diffMatrices } from "./diff-matrices.ts";
export { diffRules } from "./diff-rules.ts";
export { diffFormats } from "../report/diff/formats.ts";
