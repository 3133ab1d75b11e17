import { compareMatrices } from "../../../src/diff/compare-matrices.ts";
import type { Fact, Json } from "../../../src/diff/fact.ts";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { loadMatrix } from "../../../src/matrix/load/load-matrix.ts";
import { buildMatrix } from "../../../src/matrix/model/build-matrix.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import type { Place } from "../../../src/matrix/text/place.ts";
import { today, treeOf } from "../../matrix/in-memory.ts";

export type Files = Readonly<Record<string, string>>;

/** A matrix from YAML or JSON that has its form, judged by no rule: of one file, or of several, of which the first is the root. */
export function read(text: string | Files, asOf = today): Matrix {
  const files = typeof text === "string" ? { "matrix.yaml": text } : text;
  const loaded = loadMatrix(treeOf(files), Object.keys(files)[0] ?? "");
  if ("problem" in loaded || loaded.matrix === undefined) throw new Error(JSON.stringify(loaded));
  return buildMatrix(loaded.matrix, asOf);
}

export function factsBetween(before: Matrix, after: Matrix): readonly Fact[] {
  return compareMatrices(pairMatrices(before, after));
}

/** One line for each fact, as a person reads it. */
export function tell(facts: readonly Fact[]): string {
  return facts
    .map(({ kind, subject, environments, before, after }) =>
      [kind, subject ?? "the matrix", environments.length === 0 ? "" : `in ${environments.join(", ")}`]
        .filter((word) => word !== "")
        .join(" ")
        .concat(`: ${brief(before)} => ${brief(after)}`),
    )
    .join("\n");
}

/** JSON in the flow style of YAML, without quotes. */
function brief(value: Json): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(brief).join(", ")}]`;
  const entries = Object.entries(value).map(([key, part]) => `${key}: ${brief(part as Json)}`);
  return `{${entries.join(", ")}}`;
}

export function tellPlace(place: Place | null): string {
  return place === null ? "nowhere" : `${place.file}#${place.path.join("/")} ${place.part}`;
}
