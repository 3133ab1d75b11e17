import { FileError } from "../files/file-error.ts";
import type { FileTree } from "../files/file-tree.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import { validateMatrix } from "../matrix/validate-matrix.ts";
import type { Instant } from "../time/instant.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { nearestName } from "../words/nearest-name.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** The name under which findings show what came from standard input. */
export const STDIN = "<stdin>";

/** What a matrix is called where nobody says. */
export const defaultNames = ["matrix.yaml", "matrix.yml"];

/** Whether a command finds a matrix of this name without being told. */
export function isFoundByItself(name: string): boolean {
  return defaultNames.includes(name);
}

/**
 * The matrix that a command line means: the argument, MATRIX_FILE, matrix.yaml or matrix.yml; `-` is standard input.
 * @throws UsageError where there is none
 */
export function findMatrix(io: Io, argument: string | undefined): { readonly name: string; readonly tree: FileTree } {
  // Not the default: an empty word is a variable of a script that was never set.
  if (argument === "") throw new UsageError("the name of the matrix is empty", "name a file, or leave the word out");
  const given = argument ?? io.env["MATRIX_FILE"];
  if (given === "-") {
    const bytes = readStdin(io);
    return {
      name: STDIN,
      tree: {
        read: (name, within) => (name === STDIN ? { bytes } : io.disk.read(name, within)),
        list: (folder) => io.disk.list(folder),
      },
    };
  }
  if (given !== undefined && given !== "") return { name: given, tree: io.disk };
  const found = defaultNames.find((name) => io.disk.isFile(name));
  if (found === undefined)
    throw new UsageError(
      `there is no ${enumerateWords(defaultNames, "or")} here`,
      "name the file, set MATRIX_FILE, or start with: matrix init",
    );
  return { name: found, tree: io.disk };
}

/** @throws FileError where standard input is a folder, or closed */
function readStdin(io: Io): Uint8Array {
  try {
    return io.readStdin();
  } catch (error) {
    throw new FileError("read", "standard input", error);
  }
}

/**
 * The matrix that a command line means, read and judged.
 * @throws UsageError where it cannot be read at all
 */
export function readMatrix(io: Io, argument: string | undefined, asOf: Instant): ValidatedMatrix {
  const { name, tree } = findMatrix(io, argument);
  const validated = validateMatrix(tree, name, asOf);
  if ("problem" in validated) throw new UsageError(validated.problem, validated.help);
  return validated;
}

/** @throws UsageError where an environment that the command line names is not in the matrix */
export function checkEnvironments({ matrix }: ValidatedMatrix, wanted: readonly string[] | undefined): void {
  if (matrix === undefined || wanted === undefined) return;
  const known = matrix.environments.map(({ name }) => name);
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    throw new UsageError(
      `no environment is called "${name}"`,
      near === undefined ? `there are ${enumerateWords(known, "and")}` : `did you mean "${near}"?`,
    );
  }
}
