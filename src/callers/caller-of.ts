import { canonicalJson } from "../words/canonical-json.ts";
import type { Caller } from "../matrix/model/world.ts";
import type { CallerKindDefinition, CallerOf, DetailProblem } from "./caller-kind.ts";
import type { Outside } from "./outside.ts";
import { callerKinds } from "./registry.ts";
import type { Need, Setting, SettingOf } from "./setting.ts";
import type { ShownToken } from "./shown-token.ts";

type Written = Pick<Caller, "kind" | "written">;

/** A caller in a few words, one line, not escaped: `repository acme/shop, branch main`. */
export function describeCaller({ kind, written }: Written): string {
  return definitionOf(kind).describe(detailsOf({ kind, written }));
}

/** The same of what calls as an account of ours; undefined of people and accounts, who are what they are called. */
export function describeWorkload(caller: Written): string | undefined {
  return definitionOf(caller.kind).nature === "workload" ? describeCaller(caller) : undefined;
}

/** Whether a caller admits nobody now whom it did not admit: of the same kind, with more of what only takes away. */
export function onlyNarrows(then: Written, now: Written): boolean {
  if (then.kind !== now.kind) return false;
  const { narrowing = [] } = definitionOf(now.kind);
  const [before, after] = [fieldsOf(then), fieldsOf(now)];
  return [...new Set([...before.keys(), ...after.keys()])].every(
    (field) =>
      canonicalJson(before.get(field)) === canonicalJson(after.get(field)) ||
      (!before.has(field) && narrowing.some((each) => each === field)),
  );
}

/** What is wrong with the details of a caller beyond its schema. */
export function checkCaller({ kind, written }: Written): readonly DetailProblem[] {
  return definitionOf(kind).check?.(detailsOf({ kind, written })) ?? [];
}

/** Who outside may act as a caller's account; undefined where nobody has to. */
export function outsideOf(caller: Caller): Outside | undefined {
  return definitionOf(caller.kind).outside?.(seen(caller));
}

/** How a caller from outside comes by the token that it shows to a provider; undefined where it shows none. */
export function shownTokenOf({ kind }: Pick<Caller, "kind">): ShownToken | undefined {
  return definitionOf(kind).shows;
}

/** What is applied where a caller runs; undefined where nothing is. */
export function manifestOf(caller: Caller): object | undefined {
  return definitionOf(caller.kind).manifest?.(seen(caller));
}

/** What a caller needs beside its place in rows. */
export function needsOf(caller: Caller): readonly Need[] {
  return definitionOf(caller.kind).needs?.(seen(caller)) ?? [];
}

/** What to set so that a caller calls one endpoint as its account. */
export function settingsOf(caller: Caller, endpoint: SettingOf): readonly Setting[] {
  return definitionOf(caller.kind).settings?.(seen(caller), endpoint) ?? [];
}

function seen(caller: Caller): CallerOf<never> {
  const { key, home, account } = caller;
  return { key, details: detailsOf(caller), project: home, email: account?.email.toLowerCase() };
}

/** The definition and the details of one kind belong together, which TypeScript cannot follow through a union of kinds. */
function definitionOf(kind: Caller["kind"]): CallerKindDefinition<never> {
  return callerKinds[kind] as unknown as CallerKindDefinition<never>;
}

function detailsOf({ kind, written }: Written): never {
  return written[kind] as never;
}

function fieldsOf({ kind, written }: Written): ReadonlyMap<string, unknown> {
  const details: unknown = written[kind];
  return new Map(Object.entries(typeof details === "object" && details !== null ? details : { details }));
}
