import { compareText } from "../words/compare-text.ts";
import type { MatrixNames } from "./matrix-names.ts";
import type { Sighting } from "./sighting.ts";
import type { ReplacingEdge } from "./sweep-report.ts";

/** The service that a place belongs to, as the matrix calls it: by the file's own words, else by the folder it lies in. */
export function serviceAt({ service, file }: Sighting, matrix: MatrixNames | undefined): string | null {
  if (matrix === undefined) return service;
  const named = service === null ? undefined : matrix.serviceOf(service);
  if (named !== undefined) return named;
  const folder = file
    .split(/[/:]/)
    .reverse()
    .map((part) => matrix.serviceOf(part.replace(/^\.env\.|\.(env|ya?ml|json|properties)$/g, "")));
  return service ?? folder.find((each) => each !== undefined) ?? null;
}

/**
 * The edges that could take the place of a credential: from each service that is given it to the service that its name, or
 * the host beside it, is of. Where neither says which, those that are declared between the services that share it.
 */
export function replacingEdges(
  sightings: readonly Sighting[],
  services: readonly string[],
  matrix: MatrixNames,
): readonly ReplacingEdge[] {
  if (sightings.some(({ rule }) => rule === "known-token" || rule === "private-key" || rule === "service-account-key"))
    return [];
  const known = services.filter((service) => matrix.serviceOf(service) !== undefined);
  const callee = calleeOf(sightings, matrix);
  const edge = (caller: string, to: string): ReplacingEdge => {
    const environments = matrix.declaredIn(caller, to);
    return { caller, callee: to, environments, declared: environments.length > 0 };
  };
  const edges =
    callee === undefined
      ? known.flatMap((caller) => known.map((other) => edge(caller, other))).filter(({ declared }) => declared)
      : known.filter((caller) => caller !== callee).map((caller) => edge(caller, callee));
  return edges.sort((a, b) => compareText(a.callee, b.callee) || compareText(a.caller, b.caller));
}

/** Names are counted, for one variable may be called after its sender. */
function calleeOf(sightings: readonly Sighting[], matrix: MatrixNames): string | undefined {
  const votes = new Map<string, number>();
  for (const { name, host } of sightings) {
    const byHost = host === null ? undefined : hostService(host, matrix);
    // A password of a database is no call between services.
    const found = byHost ?? (name === null || host !== null ? undefined : matrix.namedIn(name));
    if (found !== undefined) votes.set(found, (votes.get(found) ?? 0) + 1);
  }
  return [...votes].sort(([a, x], [b, y]) => y - x || compareText(a, b))[0]?.[0];
}

/** `billing.internal:8080`, or `billing-abc123-ew.a.run.app`. */
function hostService(host: string, matrix: MatrixNames): string | undefined {
  const label = host.split(/[.:]/)[0] ?? "";
  const parts = label.split("-");
  const shorter = /\.run\.app/.test(host)
    ? parts.map((_, index) => parts.slice(0, parts.length - index).join("-"))
    : [label];
  return shorter.map((name) => matrix.serviceOf(name)).find((service) => service !== undefined);
}
