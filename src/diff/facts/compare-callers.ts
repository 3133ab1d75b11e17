import type { Environment } from "../../matrix/model/environment.ts";
import type { Caller } from "../../matrix/model/world.ts";
import { compareText } from "../../words/compare-text.ts";
import { compareLists } from "../compare-lists.ts";
import { laterName, type MatrixPair, type WorldPair } from "../matrix-pair.ts";
import { compareFields, type Field, type Frame } from "./compare-fields.ts";
import { accountJson } from "./describe-account.ts";
import { callerJson, identityJson } from "./describe-caller.ts";
import type { Difference } from "./difference.ts";
import { differing, inOrder, sameJson } from "./json.ts";
import { callerFieldPlace } from "./name-place.ts";
import { sortedByLaterName } from "./sorted-by-later-name.ts";

const fields: readonly Field<Caller>[] = [
  {
    kind: "account-changed",
    field: "account",
    read: ({ account }) => (account === undefined ? null : accountJson(account)),
    // Of a plain account the identity is the account; it is told once.
    same: (old, now) => (!isWorkload(old) && !isWorkload(now)) || sameJson(accountOf(old), accountOf(now)),
  },
  { kind: "owner-changed", field: "owner", read: ({ owner }) => owner ?? null },
  { kind: "labels-changed", field: "labels", read: ({ labels }) => inOrder(labels) ?? null, byKey: true },
  { kind: "description-changed", field: "description", read: ({ description }) => description ?? null },
];

/** Callers that are new in an environment or gone from it, and what differs in those that stay. */
export function compareCallers(pair: MatrixPair): readonly Difference[] {
  return pair.worlds.flatMap((world) => [...compareWorld(pair, world)]);
}

function compareWorld(pair: MatrixPair, { environment, before, after }: WorldPair): readonly Difference[] {
  const frameOf = (subject: string): Frame => ({ subject, environment, from: null, to: null });
  const later = (caller: Caller): string => laterName(pair, caller.key);
  return compareLists<Caller, Difference>(
    sortedByLaterName(before?.callers, pair),
    [...(after?.callers.values() ?? [])],
    (a, b) => compareText(later(a), later(b)),
    {
      onAdded: (now) => [
        {
          kind: "caller-added",
          ...frameOf(now.key),
          before: null,
          after: callerJson(now, after?.environment, pair.after.keyFiles),
          was: null,
          at: now.declared.place,
        },
      ],
      onRemoved: (old) => [
        {
          kind: "caller-removed",
          ...frameOf(later(old)),
          before: callerJson(old, before?.environment, pair.before.keyFiles),
          after: null,
          was: old.declared.place,
          at: null,
        },
      ],
      onBoth: (old, now) => [
        ...compareIdentity(pair, [old, before?.environment], [now, after?.environment], frameOf(now.key)),
        ...compareFields(fields, old, now, frameOf(now.key), (side, field) =>
          callerFieldPlace(side === "before" ? old : now, environment, field),
        ),
      ],
    },
  );
}

type Placed = readonly [caller: Caller, environment: Environment | undefined];

/** What differs in who a caller is, always with its kind. */
function compareIdentity(
  pair: MatrixPair,
  [old, before]: Placed,
  [now, after]: Placed,
  frame: Frame,
): readonly Difference[] {
  const [was, is] = [identityJson(old, before, pair.before.keyFiles), identityJson(now, after, pair.after.keyFiles)];
  const shown = differing(was, is, { kind: (a, b) => a === b && sameJson(was, is) });
  if (shown === undefined) return [];
  const placeOf = (caller: Caller) => callerFieldPlace(caller, frame.environment ?? "", "identity");
  return [{ kind: "identity-changed", ...frame, ...shown, was: placeOf(old), at: placeOf(now) }];
}

function isWorkload({ account, kind }: Caller): boolean {
  return account !== undefined && kind !== "serviceAccount";
}

function accountOf({ account }: Caller) {
  return account === undefined ? null : accountJson(account);
}
