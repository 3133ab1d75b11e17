import { allRuleIds } from "../rules/rule-ids.ts";
import type { Selector, SelectorConditions } from "../schema/generated/document.ts";
import type { DataPath } from "../text/parsed-file.ts";
import { keyAt, type Place, valueAt } from "../text/place.ts";
import type { Declared, DeclaredEdge, DeclaredName, Matrix } from "./matrix.ts";
import { INTERNET } from "./match-selector.ts";
import { kindOf, projectAliasOf } from "./resolve-caller.ts";

/** A place where the matrix names something that must be declared elsewhere in it. */
export interface Reference {
  readonly name: string;
  readonly place: Place;
  /** What it must be, as a noun. */
  readonly what: string;
  readonly known: ReadonlySet<string>;
}

/** The references of a matrix to names that it does not have, but for those to owners. */
export function unknownReferences(matrix: Matrix): readonly Reference[] {
  const finder = new ReferenceFinder(matrix);
  const others = [
    ...[...matrix.names.values()].flatMap((name) => finder.named(name)),
    ...finder.selector(matrix.sensitive, matrix.root, ["sensitive"]),
    ...matrix.rules.flatMap((rule) => finder.rule(rule)),
    ...matrix.exceptions.flatMap((exception) => finder.exception(exception)),
    ...finder.alias(matrix.document.defaults?.project, matrix.root, ["defaults", "project"]),
    ...Object.keys(matrix.document.lint ?? {})
      .filter((id) => !id.startsWith("x-"))
      .map((name) => ({ name, place: keyAt(matrix.root, "lint", name), what: "rule", known: allRuleIds })),
  ];
  return [
    ...matrix.edges.flatMap((edge) => finder.unknownOfEdge(edge)),
    ...others.filter(({ name, known }) => !known.has(name)),
  ];
}

class ReferenceFinder {
  readonly #names: ReadonlySet<string>;
  readonly #callees: ReadonlySet<string>;
  readonly #selectable: ReadonlySet<string>;
  readonly #environments: ReadonlySet<string>;
  readonly #aliases: ReadonlySet<string> | undefined;
  readonly #rules: ReadonlySet<string>;

  constructor(matrix: Matrix) {
    const names = [...matrix.names.values()];
    this.#names = new Set(names.map(({ key }) => key));
    this.#callees = new Set(names.filter(({ section }) => section !== "callers").map(({ key }) => key));
    this.#selectable = new Set([...this.#names, INTERNET]);
    this.#environments = new Set(matrix.environments.map(({ name }) => name));
    const aliases = matrix.environments.flatMap(({ projects }) => projects.flatMap(({ alias }) => alias ?? []));
    // Where every environment has the short form, an alias is only a label.
    this.#aliases = aliases.length === 0 ? undefined : new Set(aliases);
    this.#rules = new Set([...allRuleIds, ...matrix.rules.map(({ key }) => key)]);
  }

  /** There are many edges, and nearly all are right: nothing is made of those. */
  unknownOfEdge({ file, key, caller, callee, clauses }: DeclaredEdge): readonly Reference[] {
    const at = keyAt(file, "trust", key);
    const found: Reference[] = [];
    if (caller !== undefined && !this.#names.has(caller)) {
      found.push({
        name: caller,
        place: { ...at, word: caller, occurrence: "first" },
        what: "service, caller or set",
        known: this.#names,
      });
    }
    if (callee !== undefined && !this.#callees.has(callee)) {
      found.push({
        name: callee,
        place: { ...at, word: callee, occurrence: "last" },
        what: "service or set of services",
        known: this.#callees,
      });
    }
    for (const { environments, place } of clauses) {
      if (environments === undefined) continue;
      found.push(
        ...this.environments(environments, place.file, [...place.path, "environments"]).filter(
          ({ name, known }) => !known.has(name),
        ),
      );
    }
    return found;
  }

  environments(list: readonly string[] | undefined, file: string, path: DataPath): readonly Reference[] {
    return (list ?? []).map((name, index) => ({
      name,
      place: valueAt(file, ...path, index),
      what: "environment",
      known: this.#environments,
    }));
  }

  alias(name: string | null | undefined, file: string, path: DataPath): readonly Reference[] {
    return typeof name !== "string" || this.#aliases === undefined
      ? []
      : [{ name, place: valueAt(file, ...path), what: "project alias", known: this.#aliases }];
  }

  named({ section, value, place }: DeclaredName): readonly Reference[] {
    const { file, path } = place;
    if (section === "sets")
      return value.map((name, index) => ({
        name,
        place: valueAt(file, ...path, index),
        what: "service, caller or set",
        known: this.#names,
      }));
    const overrides = Object.keys(value.overrides ?? {}).map((name) => ({
      name,
      place: keyAt(file, ...path, "overrides", name),
      what: "environment",
      known: this.#environments,
    }));
    const common = [...overrides, ...this.environments(value.environments, file, [...path, "environments"])];
    if (section === "callers")
      return [...common, ...this.alias(projectAliasOf(value), file, [...path, kindOf(value) ?? "", "project"])];
    return [
      ...common,
      ...this.environments(value.planned, file, [...path, "planned"]),
      ...this.alias(value.project, file, [...path, "project"]),
      ...Object.entries(value.overrides ?? {}).flatMap(([name, { project }]) =>
        this.alias(project, file, [...path, "overrides", name, "project"]),
      ),
    ];
  }

  rule({ value, place: { file, path } }: Declared<Matrix["rules"][number]["value"]>): readonly Reference[] {
    const { environments, never, require } = value;
    return [
      ...this.environments(environments, file, [...path, "environments"]),
      ...this.selector(never?.from, file, [...path, "never", "from"]),
      ...this.selector(never?.to, file, [...path, "never", "to"]),
      ...(never?.unless?.via ?? []).map((name, index) =>
        this.#selectorName(name, file, [...path, "never", "unless", "via", index]),
      ),
      ...this.selector(require?.edges.from, file, [...path, "require", "edges", "from"]),
      ...this.selector(require?.edges.to, file, [...path, "require", "edges", "to"]),
    ];
  }

  exception({ value: { rule, match }, place: { file, path } }: Matrix["exceptions"][number]): readonly Reference[] {
    const listed = (
      key: "service" | "caller" | "environment",
      what: string,
      known: ReadonlySet<string>,
    ): readonly Reference[] => {
      const value = match[key];
      if (value === undefined) return [];
      return typeof value === "string"
        ? [{ name: value, place: valueAt(file, ...path, "match", key), what, known }]
        : value.map((name, index) => ({ name, place: valueAt(file, ...path, "match", key, index), what, known }));
    };
    return [
      { name: rule, place: valueAt(file, ...path, "rule"), what: "rule", known: this.#rules },
      ...listed("service", "service, caller or set", this.#names),
      ...listed("caller", "service, caller or set", this.#names),
      ...listed("environment", "environment", this.#environments),
    ];
  }

  selector(selector: Selector | undefined, file: string, path: DataPath): readonly Reference[] {
    if (selector === undefined) return [];
    if (typeof selector === "string") return [this.#selectorName(selector, file, path)];
    if (Array.isArray(selector))
      return (selector as readonly string[]).map((name, index) => this.#selectorName(name, file, [...path, index]));
    const { not, any = [], all = [] } = selector as SelectorConditions;
    return [
      ...this.selector(not, file, [...path, "not"]),
      ...any.flatMap((each, index) => this.selector(each, file, [...path, "any", index])),
      ...all.flatMap((each, index) => this.selector(each, file, [...path, "all", index])),
    ];
  }

  #selectorName(name: string, file: string, path: DataPath): Reference {
    return {
      name,
      place: valueAt(file, ...path),
      what: "service, caller or set",
      known: this.#selectable,
    };
  }
}
