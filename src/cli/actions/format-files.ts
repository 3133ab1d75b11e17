import { formatMatrix } from "../../matrix/format/format-matrix.ts";
import type { Pins } from "../../matrix/format/pin-names.ts";
import { accountIdFor, DEFAULT_TEMPLATE } from "../../matrix/model/account-id.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import { decodeText } from "../../matrix/text/decode-text.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findMatrix, readMatrix } from "../matrix-source.ts";
import type { Session } from "../session.ts";
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

/** What renamed services take from their first name, where it is not written out; overrides go on lying over it. */
function pinsOf({ names, document }: Matrix): Pins {
  const pins = new Map<string, { name?: string; accountId?: string }>();
  for (const { section, key, value } of names.values()) {
    const first = section === "services" ? value.formerNames?.[0] : undefined;
    if (section !== "services" || first === undefined) continue;
    const accounts = [value.account, ...Object.values(value.overrides ?? {}).map(({ account }) => account)];
    const isElsewhere = accounts.some((account) => account?.email !== undefined && account.email !== null);
    pins.set(key, {
      ...(value.name === undefined ? { name: first } : {}),
      ...(value.account?.id === undefined && !isElsewhere
        ? { accountId: accountIdFor(first, document.defaults?.account?.id ?? DEFAULT_TEMPLATE) }
        : {}),
    });
  }
  return pins;
}
