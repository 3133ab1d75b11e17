import type { FileTree } from "../../src/files/file-tree.ts";
import { type ValidatedMatrix, validateMatrix } from "../../src/matrix/validate-matrix.ts";
import type { Matrix } from "../../src/matrix/model/matrix.ts";
import { synthesizeStacks } from "../../src/synth/cdktf/synthesize-stacks.ts";
import type { ImportPolicy } from "../../src/synth/plan/plan-imports.ts";
import { planStacks } from "../../src/synth/plan/plan-stacks.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import type { StackJson } from "./stack-json.ts";

/** The day on which every matrix of these tests is judged, unless a test says otherwise. */
export const TODAY = "2026-11-22";

/** A matrix: the text of one file, or texts by name, of which the first is the root. */
export type MatrixText = string | Readonly<Record<string, string>>;

/** The cdk.tf.json of each stack, by the name of the stack: the whole way from text to text. */
export function synthesize(text: MatrixText, asOf = TODAY, imports?: ImportPolicy): ReadonlyMap<string, string> {
  return synthesizeMatrix(readMatrix(text, asOf), imports);
}

export function synthesizeMatrix(matrix: Matrix, imports?: ImportPolicy): ReadonlyMap<string, string> {
  const files = withoutStackTraces(() => synthesizeStacks(planStacks(matrix, imports)));
  return new Map([...files].map(([path, file]) => [path.split("/")[1] ?? "", file]));
}

/** As in the build: CDKTF records a stack trace for each of its tokens, which vitest maps to sources line by line. */
function withoutStackTraces<T>(work: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = capture;
  }
}

/** The matrix of a text that nothing stops from being synthesized. */
export function readMatrix(text: MatrixText, asOf = TODAY): Matrix {
  const { matrix, findings } = validate(text, asOf);
  const stopping = findings.filter(({ stopsSynth }) => stopsSynth);
  if (matrix === undefined || stopping.length > 0) {
    throw new Error(`nothing to synthesize:\n${stopping.map(({ rule, message }) => `${rule}: ${message}`).join("\n")}`);
  }
  return matrix;
}

export function validate(text: MatrixText, asOf = TODAY): ValidatedMatrix {
  const files = typeof text === "string" ? { "matrix.yaml": text } : text;
  const validated = validateMatrix(treeOf(files), Object.keys(files)[0] ?? "", instant(asOf));
  if ("problem" in validated) throw new Error(validated.problem);
  return validated;
}

/** The one stack of a small matrix, parsed. */
export function synthesizeOne(text: MatrixText, asOf = TODAY): StackJson {
  const [only, ...others] = synthesize(text, asOf).values();
  if (only === undefined || others.length > 0) throw new Error("the matrix does not have exactly one stack");
  return parseStack(only);
}

export function parseStack(text: string): StackJson {
  return JSON.parse(text) as StackJson;
}

function treeOf(files: Readonly<Record<string, string>>): FileTree {
  return {
    read: (name) => {
      const text = files[name];
      return text === undefined ? { problem: `${name} does not exist` } : { bytes: Buffer.from(text) };
    },
    list: (folder) =>
      Object.keys(files)
        .filter((name) => folder === "." || name.startsWith(`${folder}/`))
        .sort(),
  };
}

function instant(asOf: string): Instant {
  const parsed = parseInstant(asOf);
  if (parsed === undefined) throw new Error(`${asOf} is no date`);
  return parsed;
}
