/** All that the command needs of sweeping: a bundle of its own, with secretlint inside. */
export { sweepFormats } from "../report/sweep/formats.ts";
export { BaselineError, formatBaseline, parseBaseline, schemeOf } from "./baseline.ts";
export { isConfiguration } from "./entries/read-entries.ts";
export { matrixNames } from "./matrix-names.ts";
export { isSweepFailure } from "./sweep-report.ts";
export { sweepTexts } from "./sweep-texts.ts";
