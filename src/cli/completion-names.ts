import { loadMatrix } from "../matrix/load/load-matrix.ts";
import { isObject } from "../words/json.ts";
import type { Io } from "./io.ts";
import { defaultNames } from "./matrix-source.ts";

/** What a shell can offer of a matrix. */
export interface MatrixNames {
  readonly services: readonly string[];
  readonly callers: readonly string[];
  readonly sets: readonly string[];
  readonly owners: readonly string[];
  readonly environments: readonly string[];
}

const none: MatrixNames = { services: [], callers: [], sets: [], owners: [], environments: [] };

/** What a name can be. Anything else is not offered: it would end on a command line. */
const safe = /^[a-z][a-z0-9-]*$/;

/**
 * The names of the matrix that a command line would find, broken or not. Nothing where there is none: a shell that waits for
 * a list wants no explanation.
 * @param words of the command line so far: one of them may be the file
 */
export function matrixNames({ disk, env }: Io, words: readonly string[]): MatrixNames {
  const given = words.findLast((word) => /[./\\]/.test(word) && !word.startsWith("-") && disk.isFile(word));
  const set = env["MATRIX_FILE"];
  const name = given ?? (set !== undefined && set !== "" ? set : defaultNames.find((each) => disk.isFile(each)));
  if (name === undefined || name === "-") return none;
  try {
    const loaded = loadMatrix(disk, name);
    if ("problem" in loaded) return none;
    const files = [...loaded.parsed.values()].map(({ data }) => data);
    const keys = (section: string): readonly string[] =>
      files.flatMap((data) => {
        const entries = isObject(data) ? data[section] : undefined;
        return isObject(entries) ? Object.keys(entries).filter((key) => safe.test(key) && !key.startsWith("x-")) : [];
      });
    return {
      services: keys("services"),
      callers: keys("callers"),
      sets: keys("sets"),
      owners: keys("owners"),
      environments: keys("environments"),
    };
  } catch {
    return none;
  }
}
