import { mayStillCall } from "../../../matrix/model/previous-accounts.ts";
import type { Matrix } from "../../../matrix/model/matrix.ts";
import type { Caller, PreviousAccount } from "../../../matrix/model/world.ts";
import { canonicalJson } from "../../../words/canonical-json.ts";
import { broadens, inEach, type Judge, type Judgement, narrows, neutral } from "../judgement.ts";
import { onlyNarrows, outsideOf } from "../../../callers/caller-of.ts";
import { callerJson } from "../../facts/describe-caller.ts";
import { principalOf } from "../../../matrix/model/principal-of.ts";
import type { Holder } from "../../real-things.ts";
import type { DiffContext } from "../diff-context.ts";
import type { Sides } from "../sides.ts";
import type { WorldView } from "../world-view.ts";

/** Another identity behind a name that may call, or behind one that runs as something that may call. */
export const accountChanged: Judge = inEach((sides, { subject }, context) => {
  const { before, after } = sides;
  const then = before.find(context.earlier(subject ?? ""));
  const now = after.find(subject ?? "");
  if (now === undefined) return neutral;
  if (then !== undefined && principalOf(then) === principalOf(now)) return impersonatorsChanged(then, now);
  return mayCall(actorsFor(sides, subject ?? "", context), context) ? broadens("identity-may-call") : neutral;
});

/** Of an account that Terraform holds, the list of who outside may act as it is exactly the matrix's; else it is added to. */
function impersonatorsChanged(then: Holder["name"], now: Holder["name"]): Judgement {
  const [owned, owns] = [then, now].map(
    (name) =>
      "principal" in name &&
      outsideOf(name) !== undefined &&
      name.account?.source === "project" &&
      name.account.manage !== "reference",
  );
  if (owned === owns) return neutral;
  return owned === true ? broadens("enforcement-lowered") : narrows("enforcement-raised");
}

/** Who may become a caller can change while its account stays: another repository, another Kubernetes account. */
export const identityChanged: Judge = inEach((sides, { subject }, context) => {
  if (!mayCall(actorsFor(sides, subject ?? "", context), context)) return neutral;
  const then = sides.before.find(context.earlier(subject ?? ""));
  const now = sides.after.find(subject ?? "");
  const isNarrower =
    then !== undefined &&
    now !== undefined &&
    "principal" in then &&
    "principal" in now &&
    then.principal === now.principal &&
    then.home?.id === now.home?.id &&
    sameKeys(then, now, context) &&
    onlyNarrows(then, now);
  return isNarrower ? narrows("identity-may-not-call") : broadens("identity-may-call");
});

/** Whoever holds another key is somebody else, whatever the file is called. */
function sameKeys(then: Caller, now: Caller, { pair }: DiffContext): boolean {
  const keysOf = ({ kind, written }: Caller, files: Matrix["keyFiles"]): string | undefined => {
    const details = written[kind];
    return typeof details === "object" && "jwks" in details ? files.get(details.jwks ?? "") : undefined;
  };
  return keysOf(then, pair.before.keyFiles) === keysOf(now, pair.after.keyFiles);
}

/** A new name whose account is that of another, in whatever environment, may call what the other may. */
export const nameAdded: Judge = inEach((sides, { subject }, context) => {
  const name = sides.after.find(subject ?? "");
  const others = actorsFor(sides, subject ?? "", context).filter(
    (actor) =>
      actor.name !== name &&
      (name === undefined || !isSameCaller(actor, { name, world: sides.after.world }, context.pair.after.keyFiles)),
  );
  return mayCall(others, context) ? broadens("identity-may-call") : neutral;
});

/** One caller in two environments: the second lets nobody else act as it. */
function isSameCaller(
  one: Holder,
  other: { readonly name: Holder["name"]; readonly world: Holder["world"] | undefined },
  keyFiles: Matrix["keyFiles"],
): boolean {
  if (!("principal" in one.name) || !("principal" in other.name) || one.name.key !== other.name.key) return false;
  return (
    canonicalJson(callerJson(one.name, one.world.environment, keyFiles)) ===
    canonicalJson(callerJson(other.name, other.world?.environment, keyFiles))
  );
}

/** Judged by the whole lists: which of them a fact is about does not matter for what they do together. */
export const previousAccountsChanged: Judge = inEach(({ before, after }, fact, context) => {
  const subject = fact.subject ?? "";
  const wanted = emailOf(fact.after) ?? emailOf(fact.before);
  const endsOf = (view: WorldView, name: string): ReadonlyMap<string, number> => {
    const list: readonly PreviousAccount[] = view.service(name)?.previousAccounts ?? [];
    const open = list.filter((each) => mayStillCall(each, view.matrix.asOf));
    return new Map(
      open
        .map(({ email, end }) => [email.toLowerCase(), end ?? 0] as const)
        .filter(([email]) => wanted === undefined || email === wanted),
    );
  };
  const [then, now] = [endsOf(before, context.earlier(subject)), endsOf(after, subject)];
  if ([...now].some(([email, end]) => end > (then.get(email) ?? 0)))
    return after.callees(subject).length > 0 ? broadens("identity-may-call") : neutral;
  if (canonicalJson([...then]) === canonicalJson([...now])) return neutral;
  return before.callees(context.earlier(subject)).length > 0 ? narrows("identity-may-not-call") : neutral;
});

/** Those of the later version that run as what a name runs as, itself included, in every environment. */
export function actorsFor({ after }: Sides, name: string, { things }: DiffContext): readonly Holder[] {
  const found = after.find(name);
  return found === undefined ? [] : things.after.actingAs([principalOf(found)]);
}

function mayCall(actors: readonly Holder[], context: DiffContext): boolean {
  return actors.some((actor) => context.sidesAt(actor).after.callees(actor.name.key).length > 0);
}

function emailOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("email" in value)) return undefined;
  return typeof value.email === "string" ? value.email.toLowerCase() : undefined;
}
