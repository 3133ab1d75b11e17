import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ChangeKind } from "../../../src/diff/change-kind.ts";
import type { Fact, Json } from "../../../src/diff/fact.ts";
import { fingerprintOf } from "../../../src/diff/fingerprint-of.ts";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { resolveDocument } from "../../../src/matrix/lock/resolve-document.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import { planStacks } from "../../../src/synth/plan/plan-stacks.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { canonicalJson } from "../../../src/words/canonical-json.ts";
import { arbitraryDocument, NOON } from "../../synth/arbitrary-documents.ts";
import type { RawDocument, RawFields } from "../../synth/document.ts";
import { asYaml, randomFrom, reordered, split } from "../../synth/rewrite-document.ts";
import { type MatrixText, validate } from "../../synth/synthesize.ts";
import { themes } from "../../synth/themes.ts";
import { factsBetween, read } from "./tell.ts";

// The algebra of facts: over every theme of the language, and over documents by lot.

const noon = Date.parse(NOON) as Instant;
const runs = { numRuns: 14, seed: 20261122, endOnFailure: true };
const written = themes.map(({ name, text }) => ({ name, document: parse(text) as RawDocument & RawFields }));

const isUsable = (document: object): boolean =>
  !validate(JSON.stringify(document), NOON).findings.some(({ stopsSynth }) => stopsSynth);
/** A stock of documents, since it takes long to find them, and each is asked for often. */
const stock = fc.sample(arbitraryDocument.filter(isUsable), runs) as unknown as readonly (RawDocument & RawFields)[];
const documents = fc.constantFrom(...stock);
const anyDocument = fc.constantFrom(...stock, ...written.map(({ document }) => document));

const known = new Map<object, Matrix>();

function matrixOf(document: object): Matrix {
  const matrix = known.get(document) ?? read(JSON.stringify(document), noon);
  known.set(document, matrix);
  return matrix;
}

/** Ways to write the same matrix. */
const rewritings: Readonly<Record<string, (document: RawDocument & RawFields, seed: number) => MatrixText>> = {
  "in another order": (document, seed) => JSON.stringify(reordered(document, randomFrom(seed))),
  "in another style": (document, seed) => asYaml(document, randomFrom(seed)),
  "in several files": (document, seed) =>
    Object.fromEntries(
      Object.entries(split(document, randomFrom(seed))).map(([name, part]) => [name, JSON.stringify(part)]),
    ),
  "in another folder": (document) => ({ "else/where.yml": JSON.stringify(document) }),
  resolved: (document) => JSON.stringify(resolveDocument(matrixOf(document))),
};

describe.each(Object.entries(rewritings))("the same matrix %s", (_, rewrite) => {
  test.each(written)("no fact: $name", ({ document }) => {
    expect(factsBetween(matrixOf(document), read(rewrite(document, 7), noon))).toEqual([]);
  });

  test("no fact, and the same facts and fingerprints about another", () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, fc.nat(), (before, after, seed) => {
        const plain = factsBetween(matrixOf(before), matrixOf(after));
        const [old, now] = [read(rewrite(before, seed), noon), read(rewrite(after, seed + 1), noon)];
        expect([...factsBetween(matrixOf(before), old), ...factsBetween(old, matrixOf(before))]).toEqual([]);
        // Sets are how it is written; resolving leaves none.
        const said = (facts: readonly Fact[]) =>
          facts
            .filter(({ kind }) => !kind.startsWith("set-"))
            .map((fact) => [fact.kind, fact.subject, fingerprintOf(fact)]);
        expect(said(factsBetween(old, now))).toEqual(said(plain));
      }),
      { ...runs, numRuns: 9 },
    );
  });
});

describe("the way back undoes the way there", () => {
  test.each(written)("$name", ({ document }) => {
    const before = matrixOf(document);
    const at = written.findIndex((theme) => theme.document === document);
    for (const other of [...written, ...written].slice(at, at + 5)) expectInverse(before, matrixOf(other.document));
  });

  test("of any two matrices", () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => expectInverse(matrixOf(before), matrixOf(after))),
      runs,
    );
  });

  test("also where names changed", () => {
    let renamed = 0;
    fc.assert(
      fc.property(documents, documents, fc.constantFrom("web", "billing", "ledger"), (one, other, key) => {
        const text = JSON.stringify({ ...other, environments: one.environments }).replaceAll(`"${key}`, '"renamed');
        const document = JSON.parse(text.replaceAll(`-> ${key}"`, '-> renamed"')) as RawDocument;
        const service = document.services["renamed"] ?? {};
        const after = { ...document, services: { ...document.services, renamed: { ...service, formerNames: [key] } } };
        renamed += pairMatrices(matrixOf(one), matrixOf(after)).renames.get(key) === "renamed" ? 1 : 0;
        expectInverse(matrixOf(one), matrixOf(after));
      }),
      runs,
    );
    expect(renamed).toBeGreaterThan(10);
  });
});

test("what changes the plan of Terraform is a fact", () => {
  let [same, other] = [0, 0];
  fc.assert(
    fc.property(documents, documents, fc.nat(), fc.nat(), (document, donor, section, at) => {
      const after = withOneFrom(document, donor, section, at);
      fc.pre(isUsable(after));
      const [one, two] = [matrixOf(document), matrixOf(after)];
      if (planOf(one) === planOf(two)) same++;
      else {
        other++;
        expect(factsBetween(one, two)).not.toEqual([]);
      }
    }),
    { ...runs, numRuns: 14 },
  );
  expect(Math.min(same, other)).toBeGreaterThan(2);
});

/** The document with one entry of another one. */
function withOneFrom(document: RawFields, donor: RawFields, section: number, at: number): object {
  const name = ["services", "callers", "trust", "environments", "defaults"][section % 5] ?? "";
  const given = (donor[name] ?? {}) as RawFields;
  const [key, value] = Object.entries(given)[at % Math.max(1, Object.keys(given).length)] ?? [];
  return key === undefined ? document : { ...document, [name]: { ...(document[name] as RawFields), [key]: value } };
}

/** The plan without where the matrix says it. */
function planOf(matrix: Matrix): string {
  return JSON.stringify(planStacks(matrix), (key, value: unknown) =>
    key === "place" || key === "declared" ? undefined : value instanceof Map ? [...value] : value,
  );
}

function expectInverse(before: Matrix, after: Matrix): void {
  const there = pairMatrices(before, after);
  const back = pairMatrices(after, before);
  expect([...back.renames].sort()).toEqual([...there.renames].map(([earlier, later]) => [later, earlier]).sort());
  const undone = factsBetween(after, before).map((fact) => inverse(fact, there.renames));
  const facts = factsBetween(before, after).map((fact) => ({
    ...fact,
    before: ordered(fact.before),
    after: ordered(fact.after),
  }));
  expect(undone.map(canonicalJson).sort()).toEqual(facts.map(canonicalJson).sort());
}

/** What facts of these kinds say is names of services and callers; elsewhere a word that looks like one is something else. */
const saysNames = /^(rule|exception|sensitive|set)-/;

function inverse(fact: Fact, renames: ReadonlyMap<string, string>): Fact {
  const later = (name: string | null): string | null => (name === null ? null : (renames.get(name) ?? name));
  const subject = fact.subject?.split(" -> ").map(later).join(" -> ") ?? null;
  const value = (json: Json): Json => ordered(saysNames.test(fact.kind) ? mapNames(json, later) : json);
  return {
    kind: opposite(fact.kind),
    subject,
    environments: fact.environments,
    from: later(fact.from),
    to: later(fact.to),
    before: value(fact.after),
    after: value(fact.before),
    ...(fact.usual === undefined ? {} : { usual: fact.usual }),
    was: fact.at,
    at: fact.was,
  };
}

function opposite(kind: ChangeKind): ChangeKind {
  if (kind.endsWith("-added")) return kind.replace(/added$/, "removed") as ChangeKind;
  return kind.replace(/removed$/, "added") as ChangeKind;
}

function mapNames(json: Json, later: (name: string | null) => string | null): Json {
  if (typeof json === "string") return later(json);
  if (Array.isArray(json)) return (json as readonly Json[]).map((part) => mapNames(part, later));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, mapNames(part as Json, later)]));
}

/** Lists in one order: the names in them may be others. */
function ordered(json: Json): Json {
  if (Array.isArray(json))
    return [...(json as readonly Json[])].map(ordered).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, ordered(part as Json)]));
}
