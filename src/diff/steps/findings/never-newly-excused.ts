import type { FindingStep } from "../finding-step.ts";
import { byTarget } from "./never-newly-broken.ts";

/** Of one rule, target and exception. */
export const neverNewlyExcused: FindingStep = function* (judging) {
  yield* byTarget(judging, "excused", (paths, reason, rule, by) => ({
    message: `the rule ${rule} forbids ${paths} (${reason}), and the exception ${by ?? "of it"} comes to excuse it`,
  }));
};
