import type { GridCallee, GridCaller } from "../ask/grid.ts";

/** What nodes stand together by. */
export type ClusterBy =
  | { readonly kind: "owner" }
  | { readonly kind: "project" }
  | { readonly kind: "none" }
  | { readonly kind: "label"; readonly label: string };

/** The name of the box that a node stands in; null where in none. */
export function clusterOf(node: GridCallee | GridCaller, by: ClusterBy): string | null {
  if (by.kind === "none") return null;
  if (by.kind === "owner") return node.owner;
  if (by.kind === "project") return "project" in node ? node.project : null;
  const value = Object.hasOwn(node.labels, by.label) ? node.labels[by.label] : undefined;
  return value === undefined ? null : `${by.label}: ${value}`;
}

/** What `--cluster` says; undefined where it says nothing that there is. */
export function parseClusterBy(text: string): ClusterBy | undefined {
  if (text === "owner" || text === "project" || text === "none") return { kind: text };
  const label = /^label:(.+)$/s.exec(text)?.[1];
  return label === undefined ? undefined : { kind: "label", label };
}
