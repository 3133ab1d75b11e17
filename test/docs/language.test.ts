import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codeSpans, readPage, root } from "./markdown.ts";

// docs/language.md lists the keys of each kind of map: `<!-- keys: NAME -->` stands before a table whose first column
// they are, or before a paragraph. Kinds of callers are the rows of one table.

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

const schema = JSON.parse(readFileSync(`${root}schemas/matrix.schema.json`, "utf8")) as Schema & {
  readonly $defs: Readonly<Record<string, Schema>>;
};
const definitions = schema.$defs;
const page = readPage("docs/language.md");
/** Exactly one of them says who a caller is. */
const kinds = (definitions["caller"]?.oneOf ?? []).flatMap(({ required = [] }) => required);

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
  const declared = kinds.map((kind) => [kind, keysOfKind(kind)] as const);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(declared));
});

test("accounts have the same keys in an override", () => {
  expect(Object.keys(definitions["accountOverride"]?.properties ?? {}).sort()).toEqual(
    Object.keys(definitions["account"]?.properties ?? {}).sort(),
  );
});

/** Every map with known keys, by the name of its definition and the keys that lead into it. */
function mapsOfTheLanguage(): readonly (readonly [string, readonly string[]])[] {
  const elsewhere = new Set([...kinds.map(camelCase), "accountOverride"]);
  return [
    ...Object.entries(definitions)
      .filter(([name]) => !elsewhere.has(name))
      .flatMap(([name, definition]) => mapsIn(name, definition)),
    ...mapsIn("matrix", { properties: schema.properties ?? {} }),
  ];
}

/** None where a kind is one text, such as an email. */
function keysOfKind(kind: string): readonly string[] {
  return Object.keys(definitions[camelCase(kind)]?.properties ?? {}).sort();
}

function mapsIn(name: string, { properties, items }: Schema): readonly (readonly [string, readonly string[]])[] {
  const inside = items === undefined ? [] : mapsIn(name, items);
  if (properties === undefined) return inside;
  const keys = Object.keys(properties).filter((key) => name !== "caller" || !kinds.includes(key));
  return [
    [name, keys.sort()],
    ...inside,
    ...Object.entries(properties).flatMap(([key, part]) => mapsIn(`${name}.${key}`, part)),
  ];
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
