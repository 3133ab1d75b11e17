import { adoptSnapshot, type Adoption } from "../../src/adopt/adopt-snapshot.ts";
import { type Elsewhere, nothingElsewhere } from "../../src/adopt/elsewhere.ts";
import { writeFiles } from "../../src/adopt/write-files.ts";
import { loadMatrix, type LoadedMatrix } from "../../src/matrix/load/load-matrix.ts";
import { type ValidatedMatrix, validateMatrix } from "../../src/matrix/validate-matrix.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Instant } from "../../src/time/instant.ts";
import { treeOf } from "../matrix/in-memory.ts";

/** The texts of a matrix by file name, the root among them. */
export type Files = Readonly<Record<string, string>>;

export const ROOT = "matrix.yaml";

export interface AdoptOptions {
  readonly environment?: string;
  /** The matrix that is there already. */
  readonly into?: Files;
  readonly splitBy?: string;
  readonly elsewhere?: Elsewhere;
}

/** What `matrix adopt` makes of a snapshot: its files as text, and all that it says. */
export function adopt(
  snapshot: Snapshot,
  options: AdoptOptions = {},
): { readonly files: Files; readonly adoption: Adoption } {
  const { environment = "prod", into = {}, splitBy, elsewhere = nothingElsewhere } = options;
  const adoption = adoptSnapshot({ loaded: loadedFrom(into), snapshot, environment, splitBy, elsewhere });
  return { files: Object.fromEntries(writeFiles(adoption.draft, (file) => into[file])), adoption };
}

function loadedFrom(files: Files): LoadedMatrix {
  if (files[ROOT] === undefined)
    return { root: ROOT, document: { version: 1 }, parts: new Map([[ROOT, {}]]), keyFiles: new Map() };
  const result = loadMatrix(treeOf(files), ROOT);
  if ("problem" in result || result.matrix === undefined) throw new Error(JSON.stringify(result).slice(0, 2000));
  return result.matrix;
}

/** What `matrix validate` says of the files when the snapshot was finished. */
export function validate(files: Files, { finishedAt }: Snapshot): ValidatedMatrix {
  const result = validateMatrix(treeOf(files), ROOT, Date.parse(finishedAt) as Instant);
  if ("problem" in result) throw new Error(result.problem);
  return result;
}

/** The errors that fail it. */
export function errorsIn(files: Files, snapshot: Snapshot): readonly string[] {
  return validate(files, snapshot)
    .findings.filter(({ severity, acceptedBy }) => severity === "error" && acceptedBy === undefined)
    .map(({ rule, message }) => `${rule}: ${message}`);
}

/** What drift still says and nothing accepts: but for what was not read, which nobody may accept by machine. */
export function leftOver({ adoption }: ReturnType<typeof adopt>): readonly string[] {
  // Nor what was left as it stands, because not all of it was read.
  const absent = new Set([...adoption.services.absent, ...adoption.left]);
  return adoption.report.findings
    .filter(
      ({ accepted, rule, services }) =>
        accepted === null && rule !== "not-readable" && !services.some((key) => absent.has(key)),
    )
    .map(({ rule, message }) => `${rule}: ${message}`);
}
