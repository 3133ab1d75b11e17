import type { DeclaredName, Matrix } from "../../matrix/model/matrix.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import { changeKinds } from "../change-kind.ts";
import type { Difference } from "./difference.ts";
import { inOneOrder } from "./json.ts";
import { namesIn, resolverOf } from "./resolve-selector.ts";

type Side = "before" | "after";
type DeclaredSet = Extract<DeclaredName, { readonly section: "sets" }>;

/**
 * Sets whose members differ, where that matters: a set means nothing by itself, so only those are told that an edge, a
 * rule, an exception or the sensitive selector was written with that differs.
 * @param differences those of everything else
 */
export function compareSets(pair: MatrixPair, differences: readonly Difference[]): readonly Difference[] {
  const [old, now] = [usedSets(pair, "before", differences), usedSets(pair, "after", differences)];
  const [resolveOld, resolveNow] = [resolverOf(pair, "before"), resolverOf(pair, "after")];
  return inOneOrder([...old, ...now]).flatMap((name): readonly Difference[] => {
    const [was, is] = [setOf(pair.before, name), setOf(pair.after, name)];
    const [left, joined] = apart(
      was === undefined ? [] : resolveOld([name]),
      is === undefined ? [] : resolveNow([name]),
    );
    if (left.length + joined.length === 0) return [];
    return [
      {
        kind: was === undefined ? "set-added" : is === undefined ? "set-removed" : "set-changed",
        subject: name,
        environment: null,
        from: null,
        to: null,
        before: was === undefined ? null : left,
        after: is === undefined ? null : joined,
        was: was?.place ?? null,
        at: is?.place ?? null,
      },
    ];
  });
}

/** What only one of two lists has. */
function apart(old: readonly string[], now: readonly string[]): readonly [readonly string[], readonly string[]] {
  const [before, after] = [new Set(old), new Set(now)];
  return [old.filter((name) => !after.has(name)), now.filter((name) => !before.has(name))];
}

/** The sets of one version that what differs is written with, and the sets inside of those. */
function usedSets(pair: MatrixPair, side: Side, differences: readonly Difference[]): ReadonlySet<string> {
  const matrix = pair[side];
  const open = [...mentionedNames(matrix, side, differences)];
  const used = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const set = setOf(matrix, name);
    if (set === undefined || used.has(name)) continue;
    used.add(name);
    open.push(...set.value);
  }
  return used;
}

function mentionedNames(matrix: Matrix, side: Side, differences: readonly Difference[]): ReadonlySet<string> {
  const subjects = (kind: string): ReadonlySet<string | null> =>
    new Set(differences.filter((each) => changeKinds[each.kind] === kind).map(({ subject }) => subject));
  const edges = differences.flatMap((each) => (changeKinds[each.kind] === "edge" ? writtenSides(each, side) : []));
  const [rules, exceptions] = [subjects("rule"), subjects("exception")];
  return new Set([
    ...edges,
    ...matrix.rules.flatMap(({ key, value: { never, require: required } }) =>
      rules.has(key)
        ? [
            ...[never?.from, never?.to, required?.edges.from, required?.edges.to].flatMap(namesIn),
            ...(never?.unless?.via ?? []),
          ]
        : [],
    ),
    ...matrix.exceptions.flatMap(({ key, value: { match } }) =>
      exceptions.has(key) ? [match.service ?? [], match.caller ?? []].flat(2) : [],
    ),
    ...(differences.some(({ kind }) => kind === "sensitive-changed") ? namesIn(matrix.sensitive) : []),
  ]);
}

/** The two names of the key under `trust` that an edge comes from. */
function writtenSides(difference: Difference, side: Side): readonly string[] {
  const key = (side === "before" ? difference.was : difference.at)?.path[1];
  return typeof key === "string" ? key.split(" -> ") : [];
}

function setOf({ names }: Matrix, name: string): DeclaredSet | undefined {
  const declared = names.get(name);
  return declared?.section === "sets" ? declared : undefined;
}
