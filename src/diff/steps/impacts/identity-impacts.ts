import { mayStillCall } from "../../../matrix/model/previous-accounts.ts";
import type { PreviousAccount } from "../../../matrix/model/world.ts";
import { canonicalJson } from "../../../words/canonical-json.ts";
import { broadens, inEach, type Judge, narrows, neutral } from "../judgement.ts";
import { principalOf, type WorldView } from "../world-view.ts";

/** Another identity behind a name that may call, or behind one that runs as something that may call. */
export const accountChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const then = before.find(context.earlier(subject ?? ""));
  const now = after.find(subject ?? "");
  if (now === undefined || (then !== undefined && principalOf(then) === principalOf(now))) return neutral;
  return actsFor(after, subject ?? "").some((name) => after.callees(name).length > 0)
    ? broadens("identity-may-call")
    : neutral;
});

/** Who may become a caller can change while its account stays: another repository, another Kubernetes account. */
export const identityChanged: Judge = inEach(({ after }, { subject }) =>
  actsFor(after, subject ?? "").some((name) => after.callees(name).length > 0)
    ? broadens("identity-may-call")
    : neutral,
);

/** A new name whose account is that of another may call what the other may. */
export const nameAdded: Judge = inEach(({ after }, { subject }) =>
  actsFor(after, subject ?? "").some((name) => name !== subject && after.callees(name).length > 0)
    ? broadens("identity-may-call")
    : neutral,
);

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

/** The names that run as what a name runs as, itself included. */
export function actsFor(view: WorldView, name: string): readonly string[] {
  const found = view.find(name);
  return found === undefined ? [] : view.actingAs(principalOf(found)).map(({ key }) => key);
}

function emailOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("email" in value)) return undefined;
  return typeof value.email === "string" ? value.email.toLowerCase() : undefined;
}
