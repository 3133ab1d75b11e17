import { expect, test } from "vitest";
import schema from "../../schemas/matrix.schema.json" with { type: "json" };
import { codeSpans, readPage } from "./markdown.ts";

// docs/language.md lists the keys of each kind of map: `<!-- keys: NAME -->` stands before a table whose first column
// they are, or before a paragraph. Kinds of callers are the rows of one table.

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly items?: Schema;
}

const definitions: Readonly<Record<string, Schema>> = schema.$defs;
const page = readPage("docs/language.md");
const kindDefinitions = new Map(
  Object.keys(definitions["caller"]?.properties ?? {}).flatMap((kind) => {
    const definition = definitions[camelCase(kind)];
    return kind !== "account" && definition?.properties !== undefined ? [[kind, definition] as const] : [];
  }),
);

test("the page lists the keys of every map of the language, and no others", () => {
  const documented = Object.fromEntries(
    [...page.text.matchAll(/<!-- keys: (.+) -->\n((?:.+\n)+)/g)].map(([, name = "", part = ""]) => [
      name,
      keysIn(part).sort(),
    ]),
  );
  expect(documented).toEqual(Object.fromEntries(mapsOfTheLanguage()));
});

test("the page lists every kind of caller and its keys", () => {
  const [, table = ""] = /<!-- kinds -->\n((?:.+\n)+)/.exec(page.text) ?? [];
  const documented = table
    .split("\n")
    .slice(2)
    .filter((row) => row !== "")
    .map((row) => {
      const [, kind = "", keys = ""] = row.split("|");
      return [codeSpans(kind).join(), [...codeSpans(keys)].sort()] as const;
    });
  const people = ["group", "serviceAccount", "user"].map((kind) => [kind, []] as const);
  const others = [...kindDefinitions].map(([kind, { properties = {} }]) => [kind, Object.keys(properties).sort()] as const);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries([...people, ...others]));
});

test("accounts have the same keys in an override", () => {
  expect(Object.keys(definitions["accountOverride"]?.properties ?? {}).sort()).toEqual(
    Object.keys(definitions["account"]?.properties ?? {}).sort(),
  );
});

/** Every map with known keys, by the name of its definition and the keys that lead into it. */
function mapsOfTheLanguage(): readonly (readonly [string, readonly string[]])[] {
  const kinds = new Set([...kindDefinitions.keys()].map(camelCase));
  const own = Object.entries(definitions)
    .filter(([name]) => !kinds.has(name) && name !== "accountOverride")
    .flatMap(([name, definition]) => mapsIn(name, definition));
  const root: Schema = { properties: schema.properties };
  return [...own, ["matrix", Object.keys(root.properties ?? {}).sort()] as const].map(([name, keys]) =>
    name === "caller" ? [name, keys.filter((key) => key === "account" || !isKind(key))] : [name, keys],
  );
}

function isKind(key: string): boolean {
  return kindDefinitions.has(key) || ["group", "serviceAccount", "user"].includes(key);
}

function mapsIn(name: string, { properties, propertyNames, items }: Schema): readonly (readonly [string, readonly string[]])[] {
  const keys = propertyNames?.enum ?? (properties === undefined ? undefined : Object.keys(properties));
  const inner = Object.entries(properties ?? {}).flatMap(([key, part]) => mapsIn(`${name}.${key}`, part));
  const own = keys === undefined ? [] : [[name, [...keys].filter((key) => name !== "callerOverride" || !isKind(key)).sort()] as const];
  return [...own, ...inner, ...(items === undefined ? [] : mapsIn(name, items))];
}

/** The first column of a table, or what a paragraph has in backticks. */
function keysIn(part: string): string[] {
  if (!part.startsWith("|")) return [...codeSpans(part)];
  return part
    .split("\n")
    .slice(2)
    .flatMap((row) => codeSpans(row.split("|")[1] ?? ""));
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
