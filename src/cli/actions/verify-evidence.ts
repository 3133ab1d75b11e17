import { resolve } from "node:path";
import type { PackJudgement, Remark } from "../../evidence/judge-pack.ts";
import { readFolder } from "../../files/read-folder.ts";
import { formatJson } from "../../report/json/format-json.ts";
import { derivePack } from "../derive-pack.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { readPublicKey } from "../sign-keys.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given {
  readonly key?: string;
  readonly format: "text" | "json";
}

const MIB = 1024 * 1024;
const limits = { each: 500 * MIB, all: 1024 * MIB, files: 100_000 };

/** `matrix evidence verify`: whether a pack is as it was made, and its verdict follows from what is in it. */
export async function verifyEvidence(session: Session, folder: string, given: Given): Promise<ExitCode> {
  const { io } = session;
  const key = given.key === undefined ? undefined : readPublicKey(session, given.key);
  const found = readFolder(resolve(io.cwd, folder), folder, limits);
  const { judgePack, verifyText } = await import("../../evidence/evidence.ts");
  const judged = judgePack(found, key);
  const again = await deriveAgain(found.files, judged);
  const judgement = {
    ...judged,
    problems: [...judged.problems, ...again.problems],
    unsure: [...judged.unsure, ...again.unsure],
  };
  const { problems, unsure, notes } = judgement;
  io.stdout.write(
    given.format === "json"
      ? formatJson({
          schema: "matrix/evidence-verify/v1",
          holds: problems.length === 0 && unsure.length === 0,
          problems,
          unsure,
          notes,
          version: judgement.version,
        })
      : verifyText(folder, judgement),
  );
  if (problems.length > 0) return exitCodes.findings.code;
  return unsure.length > 0 ? exitCodes.incomplete.code : exitCodes.clean.code;
}

type Again = Pick<PackJudgement, "problems" | "unsure">;

/** Works the pack out again from its inputs. Where one of them was changed, what follows from it says nothing. */
async function deriveAgain(files: ReadonlyMap<string, Uint8Array>, judged: PackJudgement): Promise<Again> {
  const nothing: Again = { problems: [], unsure: [] };
  const isInput = (file: string): boolean =>
    /^(sources|approvals)\//.test(file) || ["snapshot.json", "statement.json", "manifest.json"].includes(file);
  if (judged.version === null || judged.problems.some(({ file }) => isInput(file))) return nothing;
  const { compareDerived, readSources, readStatement } = await import("../../evidence/evidence.ts");
  const { parseSnapshot } = await import("../../drift/drift.ts");
  const recorded = readStatement(files.get("statement.json"));
  if (recorded === undefined) return problem("statement.json", "does not say what the pack was made from");
  const snapshot = parseSnapshot(files.get("snapshot.json") ?? new Uint8Array(), "the snapshot");
  if ("problem" in snapshot) return problem("snapshot.json", `cannot be used: ${snapshot.problem}`);
  const approvals = new Map(
    [...files].flatMap(([name, bytes]) =>
      name.startsWith("approvals/") ? [[name, Buffer.from(bytes).toString("utf8")] as const] : [],
    ),
  );
  const sources = readSources(recorded.root, files);
  try {
    const derived = await derivePack({ recorded, sources, snapshot, approvals });
    if (judged.version !== version) return otherVersion(files, derived.files, judged.version);
    const known = new Set(judged.problems.map(({ file }) => file));
    const outside = new Set(["manifest.json", "manifest.dsse.json", "timestamp.tsr"]);
    const listed = new Map([...files].filter(([name]) => !outside.has(name)));
    const differing = compareDerived(listed, derived.files);
    return { problems: differing.filter(({ file, what }) => !known.has(file) || what.includes("byte")), unsure: [] };
  } catch (error) {
    if (error instanceof UsageError) return problem("sources/", `cannot be judged: ${error.message}`);
    throw error;
  }
}

async function otherVersion(
  files: ReadonlyMap<string, Uint8Array>,
  derived: ReadonlyMap<string, string | Uint8Array>,
  made: string,
): Promise<Again> {
  const { isSameVerdict } = await import("../../evidence/evidence.ts");
  const drift = derived.get("drift.json");
  const mine = typeof drift === "string" ? Buffer.from(drift) : (drift ?? new Uint8Array());
  if (isSameVerdict(files.get("drift.json") ?? new Uint8Array(), mine)) return { problems: [], unsure: [] };
  const what = `was made by matrix ${made}, and this is ${version}, which comes to another verdict: check with that version`;
  return { problems: [], unsure: [{ file: "drift.json", what }] };
}

function problem(file: string, what: string): Again {
  const remark: Remark = { file, what };
  return { problems: [remark], unsure: [] };
}
