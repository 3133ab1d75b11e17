import { createHash } from "node:crypto";
import type { Clause, DeclaredEdge, Matrix } from "../matrix/model/matrix.ts";
import { INTERNET, type Matches, selectorMatcher } from "../matrix/model/match-selector.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { Edge, Service, World } from "../matrix/model/world.ts";
import type { Place } from "../matrix/text/place.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { groupBy } from "../words/group-by.ts";

/** What is looked at and signed as one: a clause of an edge, as somebody wrote it. Either side may be a set. */
export interface ReviewRow {
  /** `caller -> callee` as it stands in the file. */
  readonly key: string;
  /** Which clause of a list; null where the edge has one alone. */
  readonly clause: number | null;
  /** SHA-256 in hex over what is reviewed: it is another one where anything below, but the date, is. */
  readonly hash: string;
  readonly place: Place;
  /** Owners of what is called, sorted; none where nobody is named. */
  readonly owners: readonly string[];
  /** Where it has an effect: environments in which both sides are. */
  readonly environments: readonly string[];
  readonly reason: string;
  readonly ticket: string | null;
  readonly reviewed: string | null;
  readonly expires: string | null;
  readonly through: "iap" | null;
  /** Whether it holds in one environment at least. */
  readonly holds: boolean;
  /** Who may call what by it. By environment, callee, caller. */
  readonly pairs: readonly ReviewPair[];
}

export interface ReviewPair {
  readonly environment: string;
  readonly caller: string;
  readonly callee: string;
  /** The real things behind the names: as whom it calls, and what. */
  readonly principal: string | null;
  readonly place: string | null;
  readonly public: boolean;
  readonly sensitive: boolean;
  readonly holds: boolean;
}

/** The rows of a matrix. By callee, then caller, then clause. */
export function reviewRows(matrix: Matrix): readonly ReviewRow[] {
  const pairs = groupBy(
    matrix.worlds.flatMap((world) => pairsOf(world, matrix)),
    ({ at }) => at,
  );
  return matrix.edges.flatMap((edge) =>
    edge.caller === undefined || edge.callee === undefined
      ? []
      : edge.clauses.map((clause) =>
          rowOf(
            edge,
            clause,
            matrix,
            (pairs.get(placeKey(clause.place)) ?? []).map(({ pair }) => pair),
          ),
        ),
  );
}

/** The row as a worksheet names it: enough of the hash to be no other row. */
export function rowName({ hash }: Pick<ReviewRow, "hash">): string {
  return hash.slice(0, 32);
}

/** Where a row has an effect, in words. */
export function whereOf({ environments }: Pick<ReviewRow, "environments">): string {
  return enumerateWords(environments, "and") || "no environment";
}

/** Below whose heading a row stands where nobody owns what is called. */
export const NOBODY = "nobody";

/** All rows together: another where any of them is. */
export function hashOfRows(rows: readonly ReviewRow[]): string {
  return sha256(rows.map(({ hash }) => hash).sort(compareText));
}

function pairsOf(
  world: World,
  { sensitive, expand }: Matrix,
): readonly { readonly at: string; readonly pair: ReviewPair }[] {
  const isSensitive = sensitive === undefined ? () => false : selectorMatcher(sensitive, world, expand);
  const holding = new Set(world.holding);
  return world.edges.map((edge) => ({
    at: placeKey(edge.clause.place),
    pair: pairOf(edge, world, isSensitive, holding.has(edge)),
  }));
}

function pairOf({ caller, callee }: Edge, world: World, isSensitive: Matches, holds: boolean): ReviewPair {
  const service = world.services.get(callee);
  return {
    environment: world.environment.name,
    caller,
    callee,
    principal: caller === INTERNET ? null : (principalIn(world, caller) ?? null),
    place: service === undefined ? null : placeOf(service),
    public: service?.public !== undefined,
    sensitive: isSensitive(callee),
    holds,
  };
}

/** What is called, wherever its key leads. */
function placeOf({ kind, name, project, regions }: Service): string {
  return `${kind} ${project.id}/${name} in ${[...regions].sort(compareText).join(", ")}`;
}

function rowOf(edge: DeclaredEdge, clause: Clause, matrix: Matrix, pairs: readonly ReviewPair[]): ReviewRow {
  const ordered = pairs.toSorted(
    (a, b) =>
      compareText(a.environment, b.environment) || compareText(a.callee, b.callee) || compareText(a.caller, b.caller),
  );
  const last = clause.place.path[2];
  const content = {
    key: edge.key,
    reason: clause.reason,
    ticket: clause.ticket ?? null,
    expires: clause.expires ?? null,
    through: clause.through ?? null,
    owners: ownersOf(edge, matrix),
  };
  return {
    ...content,
    clause: typeof last === "number" ? last : null,
    // Whether it holds is left out: a day that passes makes it no other row.
    hash: sha256({ ...content, pairs: ordered.map((pair) => ({ ...pair, holds: null })) }),
    place: clause.place,
    environments: matrix.environments
      .map(({ name }) => name)
      .filter((name) => ordered.some(({ environment }) => environment === name)),
    reviewed: clause.reviewed ?? null,
    holds: ordered.some(({ holds }) => holds),
    pairs: ordered,
  };
}

function ownersOf({ callee = "" }: DeclaredEdge, { names, expand, document }: Matrix): readonly string[] {
  const owners = expand(callee).flatMap((name) => {
    const declared = names.get(name);
    return declared?.section === "services" ? (declared.value.owner ?? document.defaults?.owner ?? []) : [];
  });
  return [...new Set(owners)].sort(compareText);
}

function placeKey({ file, path }: Place): string {
  return JSON.stringify([file, path]);
}

function sha256(content: unknown): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}
