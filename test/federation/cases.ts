import { loadMatrix } from "../../src/matrix/load/load-matrix.ts";
import { buildMatrix } from "../../src/matrix/model/build-matrix.ts";
import type { Matrix } from "../../src/matrix/model/matrix.ts";
import { parseInstant } from "../../src/time/instant.ts";
import type { RawDocument } from "../synth/document.ts";
import { synthesizeMatrix, TODAY } from "../synth/synthesize.ts";
import { EXISTING, KEY_FILES } from "./arbitrary-outside.ts";
import { type Meant, meantIn } from "./expected.ts";
import { type Declared, type DeclaredProvider, readStacks } from "./read-stack.ts";

/** One environment of a document: what it says, and what its Terraform says. */
export interface Case {
  readonly meant: Meant;
  readonly declared: Declared;
}

/** Each environment of a document by itself. */
export function casesOf(document: RawDocument): readonly Case[] {
  const stacks = synthesizeMatrix(matrixOf(document));
  return Object.entries(document.environments).map(([name, { projects = {} }]) => {
    const meant = meantIn(document, name);
    const files = new Set([name, ...Object.values(projects).map(({ stack }) => stack ?? name)]);
    const declared = readStacks(
      [...files].flatMap((stack) => stacks.get(stack) ?? []),
      meant.numbers,
    );
    return { meant, declared: { ...declared, providers: [...declared.providers, ...existing(meant)] } };
  });
}

/** Without the rules, which take most of the time: that nothing stops these documents is another test. */
function matrixOf(document: RawDocument): Matrix {
  const texts: Readonly<Record<string, string>> = { "matrix.yaml": JSON.stringify(document), ...KEY_FILES };
  const loaded = loadMatrix(
    { read: (name) => ({ bytes: Buffer.from(texts[name] ?? "") }), list: () => [] },
    "matrix.yaml",
  );
  const asOf = parseInstant(TODAY);
  if ("problem" in loaded || loaded.matrix === undefined || asOf === undefined) throw new Error("not a matrix");
  return buildMatrix(loaded.matrix, asOf);
}

/** What somebody else has made in the pools that are there: it takes anybody of its issuer, as providers often do. */
function existing({ numbers }: Meant): readonly DeclaredProvider[] {
  return Object.values(numbers).map((number) => {
    const pool = `projects/${number}/locations/global/workloadIdentityPools/${EXISTING.pool}`;
    return {
      address: "(elsewhere)",
      name: `${pool}/providers/${EXISTING.provider}`,
      pool,
      disabled: false,
      condition: undefined,
      mapping: { "google.subject": "assertion.sub" },
      trust: { type: "oidc", issuer: EXISTING.issuer, audiences: [], jwks: undefined },
    };
  });
}
