import { dirname } from "node:path";
import { Repository } from "../git/repository.ts";
import { shellCommand } from "../shell/quote-shell.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { type DiffOperand, spellOperand } from "./diff-operand.ts";
import type { Io } from "./io.ts";
import { defaultNames } from "./matrix-source.ts";
import { UsageError } from "./usage-error.ts";

/** What to say where one file is named, and nothing to compare it with: whoever names one mostly wants its history. */
export function nothingBeside(io: Io, operand: Exclude<DiffOperand, { readonly kind: "ref" }>): UsageError {
  const problem = `one operand is BASE, and is compared with the matrix of the working tree: there is no ${enumerateWords(defaultNames, "or")} here`;
  const diff = (...words: readonly string[]): string => shellCommand(["matrix", "diff", ...words]);
  if (operand.kind === "stdin")
    return new UsageError(problem, `set MATRIX_FILE, or name both: ${diff("REF:PATH", "-")}`);
  const { name } = operand;
  const reference = defaultReference(io, name);
  return new UsageError(
    problem,
    reference === undefined
      ? `set MATRIX_FILE, name both, or compare it with what is live: ${diff("--live", name)}`
      : `set MATRIX_FILE, name both, or for this file since ${reference}: ${diff(reference, name)}`,
  );
}

/** What to say where one file is named and is the one that it would be compared with. */
export function comparedWithItself(io: Io, name: string): UsageError {
  const reference = defaultReference(io, name) ?? "REF";
  return new UsageError(
    `one operand is BASE, and is compared with the matrix of the working tree: both are ${name}`,
    `for this file since ${reference}: ${shellCommand(["matrix", "diff", reference, name])}`,
  );
}

/** What the branch that changes go into is called; `REF` where nothing says, undefined outside of a repository. */
function defaultReference({ cwd, disk }: Io, name: string): string | undefined {
  const folder = dirname(name);
  const repository = disk.isFolder(folder) ? Repository.open(cwd, folder) : undefined;
  if (!(repository instanceof Repository)) return undefined;
  const branch = repository.defaultBranch();
  return "problem" in branch ? "REF" : branch.reference;
}

/**
 * What to say where no file is named, and neither version has one under a name that is looked for.
 * @param where each version, as it is called
 */
export function nothingNamed(
  where: readonly string[],
  { before, after }: { readonly before: DiffOperand | undefined; readonly after: DiffOperand | undefined },
): UsageError {
  const base = before === undefined ? "REF" : spellOperand(before);
  const words = after === undefined ? `${base} PATH` : `${base}:PATH ${spellOperand(after)}`;
  return new UsageError(
    `there is no ${enumerateWords(defaultNames, "or")} at ${where.join(", nor ").replace("at here", "here")}`,
    `set MATRIX_FILE, or name the file: matrix diff ${words}`,
  );
}
