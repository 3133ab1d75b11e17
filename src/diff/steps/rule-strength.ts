import { severities } from "../../finding/severity.ts";
import type { GuardrailRule, NeverRule, RequireRule, Selector } from "../../matrix/schema/generated/document.ts";
import type { DiffContext } from "./diff-context.ts";
import { compareSets, plainSelector, selectorStrength, type Strength, weakest } from "./strength.ts";

/** Whether a rule of the matrix, or one of its parts, guards less than before. Its reason guards nothing. */
export function ruleStrength(then: GuardrailRule, now: GuardrailRule, context: DiffContext): Strength {
  const lower = severities.indexOf(now.severity ?? "error") - severities.indexOf(then.severity ?? "error");
  return weakest([
    lower > 0 ? "lowered" : lower < 0 ? "raised" : "same",
    compareSets(then.environments, now.environments, "more"),
    compareApprovers(then.approvers, now.approvers),
    then.never !== undefined && now.never !== undefined
      ? compareNever(then.never, now.never, context)
      : then.require !== undefined && now.require !== undefined
        ? compareRequire(then.require, now.require, context)
        : "lowered",
  ]);
}

/**
 * Any of the approvers lets an exception through, so that one more lets more through, and one less takes away who would
 * have refused. The first that are named refuse nothing by themselves.
 */
function compareApprovers(then: GuardrailRule["approvers"], now: GuardrailRule["approvers"]): Strength {
  if (then === undefined) return "same";
  return compareSets(then, now, "more") === "same" ? "same" : "lowered";
}

function compareNever(then: NeverRule, now: NeverRule, context: DiffContext): Strength {
  const reach = (rule: NeverRule): string => rule.reach ?? "direct";
  const { before, after } = context.pair;
  const via = [
    (then.unless?.via ?? []).flatMap((name) => before.expand(name)).map((name) => context.later(name)),
    (now.unless?.via ?? []).flatMap((name) => after.expand(name)),
  ] as const;
  return weakest([
    reach(then) === reach(now) ? "same" : reach(now) === "transitive" ? "raised" : "lowered",
    compareSelectors(then.from, now.from, context),
    compareSelectors(then.to, now.to, context),
    compareSets(via[0], via[1], "fewer"),
  ]);
}

function compareRequire(then: RequireRule, now: RequireRule, context: DiffContext): Strength {
  return weakest([
    compareSets(then.fields, now.fields, "more"),
    compareSelectors(then.edges.from, now.edges.from, context),
    compareSelectors(then.edges.to, now.edges.to, context),
  ]);
}

/** Selectors of which taking in more makes a stronger safeguard; without one everything is meant. */
export function compareSelectors(
  then: Selector | undefined,
  now: Selector | undefined,
  context: DiffContext,
): Strength {
  const { before, after } = context.pair;
  return selectorStrength(
    plainSelector(then ?? {}, before.expand, (name) => context.later(name)),
    plainSelector(now ?? {}, after.expand),
  );
}
