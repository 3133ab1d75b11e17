import { detailProblems } from "./detail-problems.ts";
import type { Rule } from "./rule.ts";

/** A pool lets in whom its conditions do not keep out: one claim too few is the whole internet. */
export const admitsStrangers: Rule = {
  id: "admits-strangers",
  severity: "error",
  summary: "a caller from outside whose description would let strangers in",
  stopsSynth: true,
  check: (matrix) => detailProblems(matrix, "strangers"),
};
