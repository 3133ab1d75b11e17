import { formatMatrix } from "../../matrix/format/format-matrix.ts";
import type { Pins } from "../../matrix/format/pin-names.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import { decodeText } from "../../matrix/text/decode-text.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findMatrix, readMatrix } from "../matrix-source.ts";
import type { Session } from "../program.ts";
import { refuse } from "../refuse.ts";

interface Given {
  readonly check?: boolean;
  readonly pin?: boolean;
}

/** `matrix fmt`: trust in its canonical order, in every file of a matrix. */
export function formatFiles(session: Session, file: string | undefined, given: Given): ExitCode {
  const { io, quiet } = session;
  const { name, tree } = findMatrix(io, file);
  const validated = readMatrix({ ...io, readStdin: () => readBytes(tree.read(name)) }, file, io.now());
  const { matrix, files } = validated;
  if (matrix === undefined) return refuse(session, validated, "fmt");
  const pins = given.pin === true ? pinsOf(matrix) : new Map();
  let changed = 0;
  for (const each of files) {
    const decoded = decodeText(readBytes(tree.read(each)));
    const before = "text" in decoded ? decoded.text : "";
    const after = formatMatrix(before, pins);
    const isStdin = each === name && tree !== io.disk;
    if (isStdin && given.check !== true) io.stdout.write(after);
    if (after === before) continue;
    changed++;
    if (given.check === true) io.stdout.write(`${escapeTerminal(each)}\n`);
    else if (!isStdin) {
      io.disk.overwrite(each, after);
      if (!quiet) io.stderr.write(`put into order: ${escapeTerminal(each)}\n`);
    }
  }
  return given.check === true && changed > 0 ? exitCodes.findings.code : exitCodes.clean.code;
}

function readBytes(content: ReturnType<ReturnType<typeof findMatrix>["tree"]["read"]>): Uint8Array {
  return content.problem === undefined ? content.bytes : new Uint8Array();
}

/** What renamed services take from their first name, where it is not written out. */
function pinsOf(matrix: Matrix): Pins {
  const pins = new Map<string, { name?: string; accountId?: string }>();
  for (const { section, key, value } of matrix.names.values()) {
    if (section !== "services" || value.formerNames === undefined) continue;
    const service = matrix.worlds.flatMap(({ services }) => services.get(key) ?? [])[0];
    if (service === undefined) continue;
    const { account } = service;
    pins.set(key, {
      ...(value.name === undefined ? { name: service.name } : {}),
      ...(value.account?.id === undefined && account.source === "project" ? { accountId: account.id } : {}),
    });
  }
  return pins;
}
