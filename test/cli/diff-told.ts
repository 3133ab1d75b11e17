import { runMatrix, type World } from "./test-io.ts";

/** A matrix of these services, all of which the first one calls. */
export function matrixOf(...services: readonly string[]): string {
  const [first = "web", ...others] = services;
  return [
    "version: 1",
    "environments: { prod: { project: acme-prod, regions: [europe-west1] } }",
    "services:",
    ...services.map((name) => `  ${name}: {}`),
    ...(others.length === 0 ? [] : ["trust:", ...others.map((name) => `  ${first} -> ${name}: Works with it`)]),
    "",
  ].join("\n");
}

export interface Told {
  readonly code: number;
  readonly stderr: string;
  /** The two versions, as they are called. */
  readonly sides: string;
  /** What was added and removed, with a sign. */
  readonly edges: string;
}

/** Runs matrix diff, and tells what it says of versions and edges. */
export async function diff(cwd: string, words: readonly string[], world: Partial<World> = {}): Promise<Told> {
  const { code, stdout, stderr } = await runMatrix(["diff", ...words, "--format", "json"], { cwd, ...world });
  if (stdout === "") return { code, stderr, sides: "", edges: "" };
  const { base, head, changes } = JSON.parse(stdout) as {
    readonly base: { readonly name: string };
    readonly head: { readonly name: string };
    readonly changes: readonly { readonly kind: string; readonly to: string }[];
  };
  const signs: Readonly<Record<string, string>> = { "edge-added": "+", "edge-removed": "-" };
  const edges = changes.flatMap(({ kind, to }) => (signs[kind] === undefined ? [] : [`${signs[kind]}${to}`]));
  return { code, stderr, sides: `${base.name} | ${head.name}`, edges: edges.sort().join(" ") };
}
