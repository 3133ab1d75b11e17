import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDocument, NOON } from "./arbitrary-documents.ts";
import { declaredRows } from "./declared-rows.ts";
import { clausesOf, type RawDocument, type RawFields } from "./document.ts";
import { readRows } from "./read-rows.ts";
import { resourcePath, type Row } from "./row.ts";
import { parseStack, synthesize, validate } from "./synthesize.ts";

// One change of a matrix is one change of its Terraform, where the reviewer expects it, and nothing beside it.

const SEED = 20261122;
const NEWCOMER = "user:newcomer@acme.com";

/** A document that can be synthesized, with somebody in it who calls nobody yet. */
const documents = arbitraryDocument
  .map((document) => ({
    ...document,
    callers: { ...document.callers, newcomer: { user: "newcomer@acme.com" } },
  }))
  .filter((document) => !validate(JSON.stringify(document), NOON).findings.some(({ stopsSynth }) => stopsSynth));

test("an edge more is exactly one member more in each row of its callee", () => {
  let touched = 0;
  fc.assert(
    fc.property(documents, fc.nat(), (document, at) => {
      const keys = Object.keys(document.services);
      const edge = `newcomer -> ${keys[at % keys.length] ?? ""}`;
      const after: RawDocument = { ...document, trust: { ...document.trust, [edge]: "Looks around" } };
      const [old, now] = [synthesizeAll(document), synthesizeAll(after)];
      const rows = [...now].flatMap(([stack, file]) => newcomerIn(readRows(stack, parseStack(file))));
      expect(rows).toEqual(newcomerIn(declaredRows(after, new Date(NOON))));
      touched += rows.length;
      for (const [stack, file] of now) {
        const before = old.get(stack) ?? "";
        const count = newcomerIn(readRows(stack, parseStack(file))).length;
        // Without that member it is the file from before, byte by byte, but for the hash of what it declares.
        expect(withoutNewcomer(file)).toBe(count === 0 ? before : withHashOf(before, file));
      }
    }),
    { numRuns: 60, seed: SEED },
  );
  expect(touched).toBeGreaterThan(60);
});

test("reasons, tickets, owners and labels change nothing", () => {
  fc.assert(
    fc.property(documents, (document) => {
      const trust = Object.entries(document.trust ?? {}).map(([key, edge]) => [
        key,
        clausesOf(edge).map((clause) => ({ ...clause, reason: "Another reason", ticket: "SEC-1" })),
      ]);
      const owned = (fields: RawFields): RawFields => ({
        ...fields,
        owner: "team-new",
        labels: { data: "pci", tier: 1 },
      });
      const after = {
        ...document,
        owners: { "team-new": { contact: "#new" } },
        trust: Object.fromEntries(trust),
        services: Object.fromEntries(Object.entries(document.services).map(([key, fields]) => [key, owned(fields)])),
      };
      expect(synthesizeAll(after)).toEqual(synthesizeAll(document));
    }),
    { numRuns: 14, seed: SEED },
  );
});

test("a description changes the description of one account, in each stack that holds it", () => {
  fc.assert(
    fc.property(documents, (document) => {
      const describe = (text: string): ReadonlyMap<string, string> =>
        synthesizeAll({
          ...document,
          services: { ...document.services, web: { ...document.services["web"], description: text } },
        });
      const [old, now] = [describe("Web shop"), describe("The shop on the web")];
      const back = [...now].map(
        ([stack, file]) =>
          [stack, file.replace('"description": "The shop on the web"', '"description": "Web shop"')] as const,
      );
      expect(new Map(back)).toEqual(old);
    }),
    { numRuns: 14, seed: SEED },
  );
});

function synthesizeAll(document: object): ReadonlyMap<string, string> {
  return synthesize(JSON.stringify(document), NOON);
}

/** The rows that let the newcomer in, as often as they do. */
function newcomerIn(rows: readonly Row[]): readonly string[] {
  return rows
    .flatMap((row) => row.principals.filter((principal) => principal === NEWCOMER).map(() => resourcePath(row)))
    .sort();
}

function withoutNewcomer(file: string): string {
  return `${JSON.stringify(withoutMember(JSON.parse(file)), null, 2)}\n`;
}

function withoutMember(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== NEWCOMER).map(withoutMember);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== NEWCOMER);
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutMember(part)]));
}

function withHashOf(file: string, other: string): string {
  const hash = /"matrix_hash": \{\s*"value": "([0-9a-f]{64})"/;
  const [before, after] = [hash.exec(file)?.[1], hash.exec(other)?.[1]];
  if (before === undefined || after === undefined) throw new Error("a stack without a hash");
  expect(after).not.toBe(before);
  return file.replace(before, after);
}
