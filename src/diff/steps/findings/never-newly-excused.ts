import type { FindingStep } from "../finding-step.ts";
import { byTarget } from "./never-newly-broken.ts";

/** Of one rule, target and exception; or of one rule that does not say any more what it said. */
export const neverNewlyExcused: FindingStep = function* (judging) {
  yield* byTarget(judging, "excused", (where, reason, rule, by) => ({
    message: `the rule ${rule} is broken ${where}, and ${by === null ? "an exception" : `the exception ${by}`} comes to excuse it: ${reason}`,
  }));
  yield* byTarget(judging, "lifted", (where, reason, rule) => ({
    message: `the rule ${rule} as it was is broken ${where}, and this change makes it say nothing: ${reason}`,
    help: "let an approver of the rule agree, or leave as they were the rule and the labels, owners and sets it goes by",
  }));
};
