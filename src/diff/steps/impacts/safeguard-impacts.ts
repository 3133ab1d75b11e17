import { settingOf, tellsWhoMayCall } from "../../../matrix/rules/rule-ids.ts";
import type { Environment } from "../../../matrix/model/environment.ts";
import type { Guardrails } from "../../../matrix/schema/generated/document.ts";
import { severities } from "../../../finding/severity.ts";
import { isInForce } from "../../../matrix/model/match-exception.ts";
import { exceptionStrength } from "../exception-strength.ts";
import { compareSelectors, ruleStrength } from "../rule-strength.ts";
import type { DiffContext } from "../diff-context.ts";
import { broadens, inEach, type Judge, type Judgement, narrows, neutral, strongest } from "../judgement.ts";
import { movedNames } from "../moved-names.ts";
import { compareSets, type Strength, weakest } from "../strength.ts";

const judgements: Readonly<Record<Strength, Judgement>> = {
  lowered: broadens("safeguard-lowered"),
  raised: narrows("safeguard-raised"),
  same: neutral,
};

export const ruleAdded: Judge = () => judgements.raised;
export const ruleRemoved: Judge = () => judgements.lowered;

export const ruleChanged: Judge = ({ subject }, context) => {
  const { before, after } = context.pair;
  const then = before.rules.find(({ key }) => key === subject);
  const now = after.rules.find(({ key }) => key === subject);
  return then === undefined || now === undefined
    ? judgements.lowered
    : judgements[ruleStrength(then.value, now.value, context)];
};

/** An exception that has no effect as yet, or any more, excuses nothing. */
export const exceptionAdded: Judge = ({ subject }, { pair: { after } }) =>
  after.exceptions.some(({ key, value }) => key === subject && isInForce(value, after)) ? judgements.lowered : neutral;

export const exceptionRemoved: Judge = ({ subject }, { pair: { before } }) =>
  before.exceptions.some(({ key, value }) => key === subject && isInForce(value, before)) ? judgements.raised : neutral;

export const exceptionChanged: Judge = ({ subject }, context) => {
  const { before, after } = context.pair;
  const then = before.exceptions.find(({ key }) => key === subject);
  const now = after.exceptions.find(({ key }) => key === subject);
  return then === undefined || now === undefined
    ? judgements.lowered
    : judgements[exceptionStrength(then.value, now.value, context)];
};

/** Without `sensitive` nothing is: then any is more. */
export const sensitiveChanged: Judge = (_, context) => {
  const { before, after } = context.pair;
  return judgements[compareSelectors(before.sensitive ?? [], after.sensitive ?? [], context)];
};

export const guardrailsChanged: Judge = inEach(({ before, after }) => {
  const then = before.world?.environment.guardrails;
  const now = after.world?.environment.guardrails;
  return then === undefined || now === undefined ? neutral : judgements[compareGuardrails(then, now)];
});

function compareGuardrails(then: Guardrails, now: Guardrails): Strength {
  const flag = (key: "forbid-account-keys" | "require-invoker-check"): Strength =>
    (then[key] === true) === (now[key] === true) ? "same" : now[key] === true ? "raised" : "lowered";
  return weakest([
    flag("forbid-account-keys"),
    flag("require-invoker-check"),
    // Without it every ingress is allowed.
    compareSets(then["allowed-ingress"], now["allowed-ingress"], "fewer"),
  ]);
}

/** Rules about who may call weigh on access; of the others lint says only how loud they are. */
export const lintChanged: Judge = ({ subject }, { pair: { before, after } }) => {
  if (subject === null || !tellsWhoMayCall(subject)) return neutral;
  // All of them are errors where lint says nothing.
  const rank = (lint: typeof before.document.lint): number => {
    const setting = settingOf(subject, lint) ?? "error";
    return setting === "off" ? severities.length : severities.indexOf(setting);
  };
  const lower = rank(after.document.lint) - rank(before.document.lint);
  return judgements[lower > 0 ? "lowered" : lower < 0 ? "raised" : "same"];
};

/** A name that leaves a rule, or `sensitive`, by what is said of itself. */
export const coverageChanged: Judge = (fact, context) =>
  context.lostBy(fact).length > 0 ? judgements.lowered : neutral;

/**
 * Where services run, and what an audit covers. A project that is another moves every row; its number is that of the
 * agent by which Identity-Aware Proxy calls.
 */
export const environmentChanged: Judge = inEach((sides, _fact, context) => {
  const { before, after } = sides;
  if (before.world === undefined || after.world === undefined) return neutral;
  const { environment: then } = before.world;
  const { environment: now } = after.world;
  const isMoved = now.projects.some(({ alias, id }) => {
    const earlier = then.projects.find((project) => project.alias === alias);
    return earlier !== undefined && earlier.id !== id;
  });
  return strongest([
    isMoved && after.world.holding.length > 0 ? broadens("grant-moved") : neutral,
    movedNames(sides, context).some(({ by }) => by === "agent") ? broadens("identity-may-call") : neutral,
    judgements[compareScopes(then, now, context)],
  ]);
});

/** An audit of what another environment covers already is no more than there was. */
function compareScopes(then: Environment, now: Environment, { pair }: DiffContext): Strength {
  const strength = compareSets(then.scope, now.scope, "more");
  if (strength !== "raised") return strength;
  const { environments } = (pair.everywhere ?? pair).before;
  const covered = new Set(environments.flatMap(({ scope }) => scope));
  return now.scope.every((place) => covered.has(place)) ? "same" : strength;
}
