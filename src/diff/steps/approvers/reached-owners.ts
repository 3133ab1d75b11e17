import { isInForce } from "../../../matrix/model/match-exception.ts";
import { isInheritedInForce } from "../../../matrix/model/inherited-in-force.ts";
import { holdsIn } from "../../../matrix/model/holds-in.ts";
import { selectorMatcher } from "../../../matrix/model/match-selector.ts";
import type { Service } from "../../../matrix/model/world.ts";
import { parseMember } from "../../../access/member.ts";
import { tellsWhoMayCall } from "../../../matrix/rules/rule-ids.ts";
import type { Exception, GuardrailRule, InheritedAccess } from "../../../matrix/schema/generated/document.ts";
import { canonicalJson } from "../../../words/canonical-json.ts";
import type { DiffContext } from "../diff-context.ts";
import { resourcesOf } from "../../real-things.ts";
import type { WorldView } from "../world-view.ts";
import type { Need } from "./need.ts";

// Whoever writes an entry chooses its owner. What it reaches has owners already, and the earlier version names them.

/**
 * The owners of all services that an entry of `inherited` reaches and did not reach before: those of the project; of a
 * folder or an organization, of which a matrix does not say what is below it, those of all.
 */
export function ownersBelow(key: string, { pair, sides }: DiffContext): readonly Need[] {
  const then = pair.before.inherited.find((entry) => entry.key === key)?.value;
  const now = pair.after.inherited.find((entry) => entry.key === key)?.value;
  if (now === undefined) return [];
  const isSame = then !== undefined && isSameGrant(then, now) && isInheritedInForce(then, pair.before.asOf);
  const places = now.at.filter((place) => !isSame || !then.at.includes(place));
  const isBelow = ({ project }: Service): boolean =>
    places.some((place) => {
      const of = /^projects\/([^/]+)/.exec(place)?.[1];
      return of === undefined || of === project.id || of === project.number;
    });
  return places.length === 0 ? [] : ownersWhere(sides, () => isBelow);
}

function isSameGrant(then: InheritedAccess, now: InheritedAccess): boolean {
  return then.role === now.role && parseMember(then.principal).principal === parseMember(now.principal).principal;
}

/** The owners of all services that an exception is about and was not before, where its rule says who may call. */
export function ownersExcused(id: string, context: DiffContext): readonly Need[] {
  const { before, after } = context.pair;
  const then = before.exceptions.find(({ key }) => key === id)?.value;
  const now = after.exceptions.find(({ key }) => key === id)?.value;
  if (now === undefined) return [];
  const isSame = then?.rule === now.rule && canonicalJson(then.match) === canonicalJson(now.match);
  if (then !== undefined && isSame && isInForce(then, before)) return [];
  const rules = [before, after].flatMap(({ rules: all }) => all.find(({ key }) => key === now.rule)?.value ?? []);
  if (rules.length === 0 && !tellsWhoMayCall(now.rule)) return [];
  const isMatched = matchedBy(now, context);
  return ownersWhere(context.sides, (view) => {
    const guards = rules.map((rule) => guardedBy(rule, view));
    return (service) =>
      isMatched(service, view) && (guards.length === 0 || guards.some((isGuarded) => isGuarded(service)));
  });
}

/** Whether an exception can be about a service: keys that say nothing of services leave it open. */
function matchedBy(
  { match: { service: named, environment, resource } }: Exception,
  context: DiffContext,
): (service: Service, view: WorldView) => boolean {
  const { before, after } = context.pair;
  const names =
    named === undefined
      ? undefined
      : new Set([named].flat().flatMap((name) => [name, ...before.expand(name), ...after.expand(name)]));
  const [environments, places] = [environment, resource].map((value) =>
    value === undefined ? undefined : new Set([value].flat()),
  );
  return (service, { world }) => {
    if (names !== undefined && !names.has(service.key) && !names.has(context.later(service.key))) return false;
    if (environments?.has(world?.environment.name ?? "") === false) return false;
    if (places === undefined) return true;
    const own = [...resourcesOf(service), `projects/${service.project.id}`];
    const accounts = `projects/${service.project.id}/`;
    return [...places].some(
      (place) =>
        own.includes(place) ||
        // A grant on an account is access to whatever the project runs, and one above it to all.
        (place.startsWith(accounts) && !/\/(jobs|services)\//.test(place)) ||
        !place.startsWith("projects/"),
    );
  };
}

/** The owners of what a rule guards: who had the say while the rule named no approvers. */
export function ownersGuarded(rule: GuardrailRule, { sides }: DiffContext): readonly Need[] {
  return ownersWhere(sides, (view) => guardedBy(rule, view));
}

function guardedBy(rule: GuardrailRule, { world, matrix }: WorldView): IsOne {
  if (world === undefined || !holdsIn(rule, world.environment.name)) return () => false;
  const { never, require } = rule;
  const to = never?.to ?? require?.edges.to;
  if (to === undefined) return () => true;
  const matches = selectorMatcher(to, world, matrix.expand);
  return ({ key }) => matches(key);
}

type IsOne = (service: Service) => boolean;

/** The owners that the earlier version gives to some of its services. */
function ownersWhere(sides: DiffContext["sides"], those: (view: WorldView) => IsOne): readonly Need[] {
  const reason = "service-owner";
  return sides.flatMap(({ before }) => {
    const isOne = those(before);
    return [...(before.world?.services.values() ?? [])]
      .filter((service) => service.stage !== "gone" && isOne(service))
      .map(({ owner, key }) => (owner === undefined ? { owner: null, unowned: key, reason } : { owner, reason }));
  });
}
