import type { Caller } from "../matrix/model/world.ts";
import type { CallerKindDefinition, CallerOf, DetailProblem } from "./caller-kind.ts";
import type { Outside } from "./outside.ts";
import { callerKinds } from "./registry.ts";
import type { Need, Setting, SettingOf } from "./setting.ts";

type Written = Pick<Caller, "kind" | "written">;

/** A caller in a few words, one line, not escaped: `repository acme/shop, branch main`. */
export function describeCaller({ kind, written }: Written): string {
  return definitionOf(kind).describe(detailsOf({ kind, written }));
}

/** What is wrong with the details of a caller beyond its schema. */
export function checkCaller({ kind, written }: Written): readonly DetailProblem[] {
  return definitionOf(kind).check?.(detailsOf({ kind, written })) ?? [];
}

/** Who outside may act as a caller's account; undefined where nobody has to. */
export function outsideOf(caller: Caller): Outside | undefined {
  return definitionOf(caller.kind).outside?.(seen(caller));
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
