/** All that the command needs of judging a plan: a bundle of its own, loaded only then. */
export { guardFormats } from "../report/guard/formats.ts";
export { isGuardFailure } from "../report/guard/guard-format.ts";
export { guardPlan } from "./guard-plan.ts";
export { guardRules } from "./guard-rules.ts";
export { readPlan } from "./read-plan.ts";
