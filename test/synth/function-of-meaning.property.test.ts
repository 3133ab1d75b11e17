import * as fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { parse } from "yaml";
import { resolveDocument } from "../../src/matrix/lock/resolve-document.ts";
import { arbitraryDocument, NOON } from "./arbitrary-documents.ts";
import type { RawDocument, RawFields } from "./document.ts";
import { asYaml, randomFrom, reordered, split } from "./rewrite-document.ts";
import { type MatrixText, readMatrix, synthesize, TODAY, validate } from "./synthesize.ts";
import { themes } from "./themes.ts";

// Two texts that mean the same become the same bytes; what means nothing changes nothing.

const SEED = 20261122;
const written = themes.map(({ name, text }) => ({ name, text, document: parse(text) as RawDocument & RawFields }));

/** Every theme once, then documents by lot; each with a number to rewrite it by. */
const documents = fc.tuple(
  arbitraryDocument.filter(
    (document) => !validate(JSON.stringify(document), NOON).findings.some(({ stopsSynth }) => stopsSynth),
  ),
  fc.nat(),
);

function bytesOf(text: MatrixText, asOf: string): string {
  return [...synthesize(text, asOf)].map(([stack, file]) => `${stack}\n${file}`).join("\n");
}

/** Ways to write the same matrix, by what is done to it. */
const rewritings: Readonly<
  Record<string, (document: RawDocument & RawFields, seed: number, asOf: string) => MatrixText>
> = {
  "keys and lists in another order": (document, seed) => JSON.stringify(reordered(document, randomFrom(seed))),
  "YAML in another style": (document, seed) => asYaml(document, randomFrom(seed)),
  "several files": (document, seed) => {
    const random = randomFrom(seed);
    const parts = Object.entries(split(document, random));
    return Object.fromEntries(parts.map(([name, part]) => [name, asYaml(part, random)]));
  },
  "another folder": (document) => ({ "somewhere/else entirely/my matrix.yml": JSON.stringify(document) }),
  resolved: (document, _, asOf) => JSON.stringify(resolveDocument(readMatrix(JSON.stringify(document), asOf))),
};

describe.each(Object.entries(rewritings))("%s: the same bytes", (_, rewrite) => {
  test.each(written)("$name", ({ text, document }) => {
    const rewritten = [1, 2, 3].map((seed) => rewrite(document, seed, TODAY));
    const bytes = bytesOf(text, TODAY);
    for (const each of new Set(rewritten.map((files) => JSON.stringify(files))))
      expect(bytesOf(JSON.parse(each) as MatrixText, TODAY)).toBe(bytes);
  });

  test("of any matrix", () => {
    fc.assert(
      fc.property(documents, ([document, seed]) => {
        const rewritten = rewrite(document as RawDocument & RawFields, seed, NOON);
        expect(bytesOf(rewritten, NOON)).toBe(bytesOf(JSON.stringify(document), NOON));
      }),
      { numRuns: 7, seed: SEED },
    );
  });
});

describe("resolving", () => {
  test("what is resolved stays as it is", () => {
    const resolve = (text: string): string => JSON.stringify(resolveDocument(readMatrix(text, NOON)));
    fc.assert(
      fc.property(documents, ([document]) => {
        const once = resolve(JSON.stringify(document));
        expect(resolve(once)).toBe(once);
      }),
      { numRuns: 10, seed: SEED },
    );
  });

  test.each(written)("$name: once is enough", ({ text }) => {
    const once = resolveDocument(readMatrix(text));
    expect(resolveDocument(readMatrix(JSON.stringify(once)))).toEqual(once);
  });
});

test("neither locale nor clock nor environment have a say", () => {
  const before = written.map(({ text }) => bytesOf(text, TODAY));
  const refuse = (): never => {
    throw new Error("depends on the locale");
  };
  vi.spyOn(String.prototype, "localeCompare").mockImplementation(refuse);
  vi.spyOn(String.prototype, "toLocaleLowerCase").mockImplementation(refuse);
  vi.spyOn(Intl, "Collator").mockImplementation(refuse);
  vi.useFakeTimers({ now: new Date("2031-03-30T01:30:00Z") });
  vi.stubEnv("TZ", "Pacific/Kiritimati");
  vi.stubEnv("LC_ALL", "tr_TR.UTF-8");
  vi.stubEnv("PATH", "");
  vi.stubEnv("HOME", "/nowhere");
  vi.stubEnv("CDKTF_CONTEXT_JSON", '{"excludeStackIdFromLogicalIds":true,"allowSepCharsInLogicalIds":true}');
  vi.stubEnv("SYNTH_HCL_OUTPUT", "true");
  vi.stubEnv("CDKTF_DISABLE_STACK_TRACE", "1");
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  expect(written.map(({ text }) => bytesOf(text, TODAY))).toEqual(before);
});
