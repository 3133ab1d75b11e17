import { detailProblems } from "./detail-problems.ts";
import type { Rule } from "./rule.ts";

/** Whoever can push can run code as such a caller. */
export const admitsMany: Rule = {
  id: "admits-many",
  severity: "warning",
  summary: "a caller from outside that is more than one would think",
  stopsSynth: false,
  check: (matrix) => detailProblems(matrix, "wide"),
};
