import { type Instant, parseEnd } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import type { LoadedMatrix, Part } from "../load/load-matrix.ts";
import type { Caller, EdgeValue, Service } from "../schema/generated/document.ts";
import { keyAt, type Place } from "../text/place.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { setExpander } from "./expand-sets.ts";
import type { Clause, Declared, DeclaredEdge, DeclaredName, Matrix } from "./matrix.ts";
import { resolveCaller } from "./resolve-caller.ts";
import { resolveService } from "./resolve-service.ts";
import { resolveWorld } from "./resolve-world.ts";

/** `caller -> callee`, one space on each side, so that one spelling is all there is to search for. */
const edgeKey = /^([a-z](?:[a-z0-9-]*[a-z0-9])?) -> ([a-z](?:[a-z0-9-]*[a-z0-9])?)$/;

/** A loaded matrix with its meaning worked out, as it stands at a moment. */
export function buildMatrix({ root, document, parts, keyFiles }: LoadedMatrix, asOf: Instant): Matrix {
  const { names, duplicates } = readNames(parts);
  const edges = [...parts].flatMap(([file, part]) => readEdges(file, part)).sort(byKeyAndFile);
  const environments = declared(root, "environments", document.environments).map(({ key, value }) =>
    readEnvironment(key, value, root),
  );
  const expand = setExpander(names);
  const resolve = (environment: Environment) =>
    resolveWorld(
      environment,
      [...names.values()].flatMap((name) =>
        name.section === "services" ? (resolveService(document, name, environment, asOf) ?? []) : [],
      ),
      [...names.values()].flatMap((name) =>
        name.section === "callers" ? (resolveCaller(document, name, environment) ?? []) : [],
      ),
      edges,
      expand,
      asOf,
    );
  return {
    root,
    asOf,
    document,
    keyFiles,
    owners:
      document.owners === undefined
        ? undefined
        : new Map(declared(root, "owners", document.owners).map((owner) => [owner.key, owner])),
    names,
    expand,
    duplicates,
    edges,
    inherited: declared(root, "inherited", document.inherited),
    rules: declared(root, "rules", document.rules),
    exceptions: (document.exceptions ?? []).map((value, index) => ({
      key: value.id,
      value,
      place: { file: root, path: ["exceptions", index], part: "value" },
    })),
    sensitive: document.sensitive,
    environments,
    worlds: environments.map(resolve),
  };
}

/** The entries of a map of the matrix, in order, without those that start with x-. */
function declared<T>(
  file: string,
  section: string,
  entries: Readonly<Record<string, T>> | undefined,
): readonly Declared<T>[] {
  return Object.entries(entries ?? {})
    .filter(([key]) => !key.startsWith("x-"))
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => ({ key, value, place: keyAt(file, section, key) }));
}

function readNames(parts: ReadonlyMap<string, Part>): Pick<Matrix, "names" | "duplicates"> {
  const all = [...parts].flatMap(([file, part]): readonly DeclaredName[] => [
    // A service that is written as nothing has only defaults.
    ...declared(file, "services", part.services).map((name) => ({
      ...name,
      value: withoutExtensions(name.value ?? ({} satisfies Service)),
      section: "services" as const,
    })),
    ...declared<Caller>(file, "callers", part.callers).map((name) => ({
      ...name,
      value: withoutExtensions(name.value),
      section: "callers" as const,
    })),
    ...declared(file, "sets", part.sets).map((name) => ({ ...name, section: "sets" as const })),
  ]);
  const names = new Map<string, DeclaredName>();
  const duplicates: { again: DeclaredName; first: DeclaredName }[] = [];
  for (const name of all.sort((a, b) => compareText(a.key, b.key))) {
    const first = names.get(name.key);
    if (first === undefined) names.set(name.key, name);
    else duplicates.push({ again: name, first });
  }
  return { names, duplicates };
}

/** Overrides are walked by environment; a key among them that starts with x- is none. */
function withoutExtensions<T extends { readonly overrides?: object }>(value: T): T {
  if (value.overrides === undefined) return value;
  const overrides = Object.fromEntries(Object.entries(value.overrides).filter(([name]) => !name.startsWith("x-")));
  return { ...value, overrides };
}

function readEdges(file: string, part: Part): readonly DeclaredEdge[] {
  return Object.entries(part.trust ?? {})
    .filter(([key]) => !key.startsWith("x-"))
    .map(([key, value]) => {
      const match = edgeKey.exec(key);
      return { key, file, caller: match?.[1], callee: match?.[2], clauses: readClauses(file, key, value) };
    });
}

function readClauses(file: string, key: string, value: EdgeValue): readonly Clause[] {
  if (typeof value === "string") return [{ reason: value, place: keyAt(file, "trust", key), end: undefined }];
  const list = "reason" in value ? [value] : value;
  return list.map((clause, index) => {
    const place: Place =
      "reason" in value ? keyAt(file, "trust", key) : { file, path: ["trust", key, index], part: "value" };
    return { ...clause, place, end: clause.expires === undefined ? undefined : parseEnd(clause.expires) };
  });
}

function byKeyAndFile(a: DeclaredEdge, b: DeclaredEdge): number {
  return (
    compareText(a.callee ?? "", b.callee ?? "") ||
    compareText(a.caller ?? "", b.caller ?? "") ||
    compareText(a.key, b.key) ||
    compareText(a.file, b.file)
  );
}
