import { Disk } from "../../src/files/disk.ts";
import type { Io } from "../../src/cli/io.ts";
import { readHistory } from "../../src/cli/read-history.ts";
import type { MatrixHistory } from "../../src/history/matrix-history.ts";
import type { Matrix } from "../../src/matrix/model/matrix.ts";

/** As much of the outer world as reading a history sees. */
export function ioIn(cwd: string, env: Io["env"] = {}): Io {
  const quiet = { write: () => {}, isTerminal: false, width: 100 };
  return {
    stdout: quiet,
    stderr: quiet,
    readStdin: () => new Uint8Array(),
    env,
    cwd,
    disk: new Disk(cwd),
    now: () => {
      throw new Error("a history has no clock");
    },
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  };
}

export function historyOf(cwd: string, file?: string, limit?: number): MatrixHistory {
  const history = readHistory(ioIn(cwd), file, limit === undefined ? {} : { limit });
  if ("problem" in history) throw new Error(history.problem);
  return history;
}

/** Whether a version has an edge, in whatever environment. */
export function hasEdge(key: string): (matrix: Matrix) => boolean {
  return ({ edges }) => edges.some((edge) => edge.key === key);
}

/** A small matrix in one file, with these edges and whatever else. */
export function matrixText(edges: readonly string[], more = ""): string {
  const services = ["a", "b", "c"].map((key) => `  ${key}: { description: ${key} }\n`).join("");
  const trust = edges.map((key) => `  ${key}: because of ${key}\n`).join("");
  return `version: 1\n${more}environments:\n  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }\nservices:\n${services}${trust === "" ? "" : `trust:\n${trust}`}`;
}
