import { compareText } from "../words/compare-text.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { canonicalValue } from "./canonical-value.ts";
import { maskValue } from "./mask-value.ts";
import type { MatrixNames } from "./matrix-names.ts";
import { replacingEdges, serviceAt } from "./replacing-edges.ts";
import { scrubber } from "./scrub.ts";
import type { Sighting } from "./sighting.ts";
import { compareRules, sweepRules, type SweepRule } from "./sweep-rules.ts";
import type { Credential, CredentialPlace, ReplacingEdge } from "./sweep-report.ts";

/** A credential before it has an id, with its value: it never leaves this folder. */
export interface Draft {
  readonly value: string;
  readonly credential: Omit<Credential, "number" | "id" | "state">;
}

/** The sightings, one draft for each credential, in the order of the report. What somebody named after a value is masked. */
export function assembleCredentials(sightings: readonly Sighting[], matrix: MatrixNames | undefined): readonly Draft[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = canonicalValue(sighting.value);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [sighting]);
    else same.push(sighting);
  }
  const scrub = scrubber(sightings.flatMap(({ value }) => [value, canonicalValue(value)]));
  const drafts = [...groups].map(([value, group]): Draft => ({ value, credential: describe(group, matrix, scrub) }));
  return drafts.sort(
    (a, b) =>
      b.credential.places.length - a.credential.places.length ||
      compareRules(a.credential.rule, b.credential.rule) ||
      comparePlaces(a.credential.places[0], b.credential.places[0]),
  );
}

function describe(
  group: readonly Sighting[],
  matrix: MatrixNames | undefined,
  scrub: (text: string) => string,
): Draft["credential"] {
  const [first, ...rest] = group.toSorted((a, b) => compareRules(a.rule, b.rule));
  if (first === undefined) throw new Error("a credential is seen somewhere");
  const best = rest.find((each) => each.rule === first.rule && each.prefix.length > first.prefix.length) ?? first;
  const places = placesOf(group, matrix, scrub);
  const given = group.flatMap(({ givenTo = [] }) => givenTo);
  const services = inOrder([
    ...places.flatMap(({ service }) => service ?? []),
    ...given.map((service) => matrix?.serviceOf(service) ?? scrub(service)),
  ]);
  const edges = matrix === undefined ? [] : replacingEdges(group, services, matrix);
  return {
    rule: best.rule,
    severity: sweepRules[best.rule].severity,
    kind: best.kind,
    masked: maskValue(best.value, best.prefix),
    names: inOrder(places.flatMap(({ name }) => name ?? [])),
    services,
    places,
    edges,
    fix: fixOf(best.rule, edges),
  };
}

/** One for each line; where several sightings are on it, the one that knows most. */
function placesOf(
  group: readonly Sighting[],
  matrix: MatrixNames | undefined,
  scrub: (text: string) => string,
): readonly CredentialPlace[] {
  const byLine = new Map<string, CredentialPlace>();
  for (const sighting of group.toSorted((a, b) => compareRules(a.rule, b.rule))) {
    const { file, line, column, name } = sighting;
    const isLive = file.startsWith("run:");
    const service = serviceAt(sighting, matrix);
    const key = JSON.stringify([file, isLive ? name : line]);
    const before = byLine.get(key);
    byLine.set(key, {
      file: scrub(file),
      line: isLive ? 0 : line,
      column: isLive ? 0 : Math.max(column, before?.column ?? 0),
      name: before?.name ?? (name === null ? null : scrub(name)),
      service: before?.service ?? (service === null ? null : scrub(service)),
    });
  }
  return [...byLine.values()].sort(comparePlaces);
}

function comparePlaces(a: CredentialPlace | undefined, b: CredentialPlace | undefined): number {
  return (
    compareText(a?.file ?? "", b?.file ?? "") ||
    (a?.line ?? 0) - (b?.line ?? 0) ||
    (a?.column ?? 0) - (b?.column ?? 0) ||
    compareText(a?.name ?? "", b?.name ?? "")
  );
}

const fixes: Readonly<Record<SweepRule, string>> = {
  "service-account-key":
    "attach the account to the service, or federate the workload; then delete the key: nobody needs a file",
  "private-key": "move it to Secret Manager or Cloud KMS, and replace it: it has been in plain sight",
  "known-token": "move it to Secret Manager, and replace it at its provider: it has been in plain sight",
  "uri-password": "move the address or the password to Secret Manager, and change the password",
  "signing-key": "move it to Secret Manager, and replace it; between services of the matrix an edge needs no key",
  "named-secret": "move it to Secret Manager, and replace it; between services of the matrix an edge needs no key",
  "kubernetes-secret": "keep it in Secret Manager and refer to it, and replace it",
  "shared-value": "say what it is: if it lets one service call another, an edge of the matrix replaces it",
};

function fixOf(rule: SweepRule, edges: readonly ReplacingEdge[]): string {
  if (edges.length === 0) return fixes[rule];
  const open = edges.filter(({ declared }) => !declared).map(({ caller, callee }) => `"${caller} -> ${callee}"`);
  const declare = open.length === 0 ? "the edges are declared" : `declare ${enumerateWords(open, "and")} under trust`;
  return `${declare}; let the callers send an ID token, then delete this value everywhere`;
}

function inOrder(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort(compareText);
}
