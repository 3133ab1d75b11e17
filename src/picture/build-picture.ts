import type { Grid } from "../ask/grid.ts";
import { compareText } from "../words/compare-text.ts";
import { count } from "../words/enumerate-words.ts";
import { groupBy } from "../words/group-by.ts";
import type { ClusterBy } from "./cluster-by.ts";
import type { Draft } from "./draft.ts";
import { draftGrid, type EdgeChange } from "./draft-grid.ts";
import { edgeStates } from "./edge-looks.ts";
import { mergeSets } from "./merge-sets.ts";
import { neighbourhood } from "./neighbourhood.ts";
import type { EdgeState, Picture, PictureCluster, PictureEdge } from "./picture.ts";

/** What is to be seen of a grid. */
export interface PictureWish {
  readonly clusterBy: ClusterBy;
  /** Ids of callers and callees, and how many steps around them; everything without. */
  readonly focus?: { readonly names: ReadonlySet<string>; readonly depth: number };
  /** Since an earlier version, which has a name. */
  readonly since?: { readonly base: string; readonly changes: readonly EdgeChange[] };
  /** Whether edges between two sets meet in one node. A page that lights single edges needs each for itself. */
  readonly mergesSets: boolean;
  readonly hasLegend: boolean;
}

/** A picture of a grid. Pure. */
export function buildPicture(grid: Grid, wish: PictureWish): Picture {
  const all = draftGrid(grid, wish.since?.changes ?? [], wish.clusterBy);
  const near = wish.focus === undefined ? all : neighbourhood(all, wish.focus.names, wish.focus.depth);
  const draft = wish.mergesSets ? mergeSets(near) : near;
  return {
    title: titleOf(grid, wish),
    notes: notesOf(grid, near, wish),
    ...numbered(draft, wish.focus?.names ?? new Set()),
    hasLegend: wish.hasLegend,
  };
}

function numbered({ nodes, edges }: Draft, focus: ReadonlySet<string>): Pick<Picture, "nodes" | "edges" | "clusters"> {
  const all = [...nodes.values()];
  const numbers = new Map(all.map(({ name }, number) => [name, number]));
  const clustered = groupBy(
    all.filter(({ cluster }) => cluster !== null),
    ({ cluster }) => cluster ?? "",
  );
  return {
    nodes: all.map(({ name, kind, remarks, isSensitive, isDeclared }) => ({
      name,
      kind,
      remarks,
      isSensitive,
      isDeclared,
      isFocus: focus.has(name),
    })),
    edges: edges.flatMap(({ from, to, state }): readonly PictureEdge[] => {
      const [start, end] = [numbers.get(from), numbers.get(to)];
      return start === undefined || end === undefined ? [] : [{ from: start, to: end, state }];
    }),
    clusters: [...clustered]
      .map(([label, members]): PictureCluster => ({
        label,
        nodes: members.flatMap(({ name }) => numbers.get(name) ?? []),
      }))
      .sort((a, b) => compareText(a.label, b.label)),
  };
}

function titleOf({ environment }: Grid, { focus, since }: PictureWish): string {
  const about = focus === undefined ? "" : `, around ${[...focus.names].sort(compareText).join(", ")}`;
  const change = since === undefined ? "" : `, compared with ${since.base}`;
  return `Who may call what in ${environment}${about}${change}`;
}

function notesOf({ matrix, live }: Grid, { nodes, edges }: Draft, { since }: PictureWish): readonly string[] {
  const counts = countStates(edges).map(([state, found]) => `${found} ${state}`);
  const read =
    live === null
      ? since === undefined
        ? ["what is live was not looked at"]
        : []
      : [`live when read at ${live.snapshot.finishedAt}`, ...(live.complete ? [] : ["not everything was read"])];
  return [
    `${matrix}: ${count(nodes.size, "node")}, ${count(edges.length, "edge")}${counts.length === 0 ? "" : ` (${counts.join(", ")})`}`,
    ...read,
  ];
}

function countStates(edges: Draft["edges"]): readonly (readonly [EdgeState, number])[] {
  return edgeStates.flatMap((state) => {
    const found = edges.filter((edge) => edge.state === state).length;
    return found === 0 ? [] : [[state, found] as const];
  });
}
