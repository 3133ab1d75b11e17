import { canonicalJson } from "../../words/canonical-json.ts";
import { compareText } from "../../words/compare-text.ts";
import { findProject } from "../model/environment.ts";
import type { Expand } from "../model/expand-sets.ts";
import type { DeclaredName, Matrix } from "../model/matrix.ts";
import { mergeCaller } from "../model/resolve-caller.ts";
import { mergeService, readAccount } from "../model/resolve-service.ts";
import type { Selector } from "../schema/generated/document.ts";
import { resolveTrust } from "./resolve-trust.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a service or caller that cannot differ by environment. */
const fixedFields = new Set(["owner", "environments", "formerNames", "planned", "retired"]);

/**
 * A matrix as one document of the same language and the same meaning: includes, defaults, overrides and sets resolved,
 * accounts written out, everything in order. What is left under `overrides` truly differs between environments.
 */
export function resolveDocument(matrix: Matrix): Fields {
  const { document, names, expand, inherited, rules, exceptions } = matrix;
  const { owners, sensitive, environments, terraform, lint } = document;
  const named = (section: DeclaredName["section"]): Fields =>
    Object.fromEntries(
      [...names.values()].flatMap((name) => (name.section === section ? [[name.key, resolveName(matrix, name)]] : [])),
    );
  const entries = (list: readonly { readonly key: string; readonly value: object }[]): Fields =>
    Object.fromEntries(list.map(({ key, value }) => [key, value]));
  const resolved: Fields = {
    version: 1,
    owners: owners === undefined ? undefined : sorted(owners),
    sensitive: sensitive === undefined ? undefined : resolveSelector(sensitive, expand),
    environments: sorted(environments ?? {}),
    terraform,
    services: named("services"),
    callers: named("callers"),
    trust: resolveTrust(matrix),
    inherited: entries(inherited),
    rules: entries(rules.map(({ key, value }) => ({ key, value: resolveSelectorsIn(value, expand) as object }))),
    exceptions: exceptions
      .map(({ value }) => ({ ...value, match: resolveMatch({ ...value.match }, expand) }))
      .sort((a, b) => compareText(a.id, b.id)),
    lint: lint === undefined ? undefined : sorted(lint),
  };
  const isEmpty = (value: unknown): boolean =>
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return withoutExtensions(
    Object.fromEntries(Object.entries(resolved).filter(([, value]) => !isEmpty(value))),
  ) as Fields;
}

/** The fields of a service or caller: common ones once, those that differ under the environments. */
function resolveName(matrix: Matrix, name: DeclaredName): Fields {
  if (name.section === "sets") return {};
  const { document, environments } = matrix;
  const here = environments.filter((environment) => name.value.environments?.includes(environment.name) !== false);
  const merged = here.map((environment): readonly [string, Fields] => {
    const fields: Fields =
      name.section === "services"
        ? { ...mergeService(document, name.value, environment.name) }
        : { ...mergeCaller(name.value, environment.name) };
    const project = findProject(environment, undefined);
    if (project === undefined || !hasAccount(name)) return [environment.name, fields];
    const written = fields["account"] as Parameters<typeof readAccount>[0];
    const firstName = name.section === "services" ? (name.value.formerNames?.[0] ?? name.key) : name.key;
    const account = readAccount(written, firstName, project, document.defaults);
    return [
      environment.name,
      {
        ...fields,
        account: account.source === "elsewhere" ? { email: account.email } : { id: account.id, manage: account.manage },
      },
    ];
  });
  const keys = [...new Set(merged.flatMap(([, fields]) => Object.keys(fields)))].sort(compareText);
  const isCommon = (key: string): boolean =>
    fixedFields.has(key) || new Set(merged.map(([, fields]) => canonicalJson(fields[key] ?? null))).size === 1;
  const common = keys.filter(isCommon);
  const overrides = merged
    .map(
      ([environment, fields]) =>
        [
          environment,
          pick(
            fields,
            keys.filter((key) => !isCommon(key)),
          ),
        ] as const,
    )
    .filter(([, fields]) => Object.keys(fields).length > 0);
  const [, first = {}] = merged[0] ?? ["", name.value as Fields];
  return { ...pick(first, common), ...(overrides.length === 0 ? {} : { overrides: Object.fromEntries(overrides) }) };
}

function hasAccount({ section, value }: DeclaredName): boolean {
  if (section === "services") return true;
  return (
    section === "callers" && value.user === undefined && value.group === undefined && value.serviceAccount === undefined
  );
}

function pick(fields: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(keys.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]]));
}

/** Rules hold selectors under from and to, and names under via. */
function resolveSelectorsIn(value: unknown, expand: Expand): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key === "from" || key === "to") return [key, resolveSelector(part as Selector, expand)];
      if (key === "via") return [key, (part as readonly string[]).flatMap((name) => expand(name))];
      return [
        key,
        key === "never" || key === "require" || key === "edges" || key === "unless"
          ? resolveSelectorsIn(part, expand)
          : part,
      ];
    }),
  );
}

function resolveSelector(selector: Selector, expand: Expand): unknown {
  if (typeof selector === "string") return oneOrMore(expand(selector));
  if (Array.isArray(selector)) return (selector as readonly string[]).flatMap((name) => expand(name));
  return Object.fromEntries(
    Object.entries(selector).map(([key, part]) => {
      if (key === "not") return [key, resolveSelector(part as Selector, expand)];
      return [
        key,
        key === "any" || key === "all"
          ? (part as readonly Selector[]).map((each) => resolveSelector(each, expand))
          : part,
      ];
    }),
  );
}

function resolveMatch(match: Fields, expand: Expand): Fields {
  const names = (value: unknown): unknown => oneOrMore([value].flat().flatMap((name) => expand(String(name))));
  return Object.fromEntries(
    Object.entries(match).map(([key, value]) => [key, key === "service" || key === "caller" ? names(value) : value]),
  );
}

function oneOrMore(names: readonly string[]): unknown {
  return names.length === 1 ? names[0] : names;
}

function sorted(map: Fields): Fields {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}

/** Keys that start with x- mean nothing, but inside of maps whose keys are free. */
function withoutExtensions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("x-"))
      .map(([key, part]) => [key, ["labels", "claims", "backend"].includes(key) ? part : withoutExtensions(part)]),
  );
}
