import { resolve } from "node:path";
import type { PackJudgement } from "../../evidence/judge-pack.ts";
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
    notes: [...judged.notes, ...again.notes],
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

type Again = Pick<PackJudgement, "problems" | "unsure" | "notes">;

const nothing: Again = { problems: [], unsure: [], notes: [] };
const outside: ReadonlySet<string> = new Set(["manifest.json", "manifest.dsse.json", "timestamp.tsr"]);

/** Works the pack out again from its inputs. Where one of them was changed, what follows from it says nothing. */
async function deriveAgain(files: ReadonlyMap<string, Uint8Array>, judged: PackJudgement): Promise<Again> {
  const isInput = (file: string): boolean =>
    /^(sources|approvals)\//.test(file) || ["snapshot.json", "statement.json", "manifest.json"].includes(file);
  const made = judged.version;
  if (made === null || judged.problems.some(({ file }) => isInput(file))) return nothing;
  const evidence = await import("../../evidence/evidence.ts");
  const { parseSnapshot } = await import("../../drift/drift.ts");
  const approvals = new Map(
    [...files].flatMap(([name, bytes]) =>
      name.startsWith("approvals/") ? [[name, Buffer.from(bytes).toString("utf8")] as const] : [],
    ),
  );
  const listed = new Map([...files].filter(([name]) => !outside.has(name)));
  const isOther = made !== version;
  const odd = [...evidence.oddRecords(approvals), ...(isOther ? evidence.strangeFiles(listed) : [])];
  /** What this version cannot work with, another one may have made. */
  const unusable = (file: string, what: string): Again =>
    isOther
      ? {
          problems: odd,
          unsure: [{ file, what: `${what}; it is of matrix ${made}, and this is ${version}` }],
          notes: [],
        }
      : { problems: [...odd, { file, what }], unsure: [], notes: [] };
  const recorded = evidence.readStatement(files.get("statement.json"));
  if (recorded === undefined) return unusable("statement.json", "does not say what the pack was made from");
  const snapshot = parseSnapshot(files.get("snapshot.json") ?? new Uint8Array(), "the snapshot");
  if ("problem" in snapshot) return unusable("snapshot.json", `cannot be used: ${snapshot.problem}`);
  const far = evidence.tellDistance(recorded.asOf, snapshot.finishedAt);
  const notes = far === null ? [] : [{ file: "statement.json", what: `judges everything at ${recorded.asOf}, ${far}` }];
  try {
    const sources = evidence.readSources(recorded.root, files);
    const derived = await derivePack({ recorded, sources, snapshot, approvals, version: made });
    if (isOther) {
      const across = evidence.compareAcross(listed, derived.files, { made, mine: version });
      return { problems: [...evidence.oddRecords(approvals), ...across.problems], unsure: across.unsure, notes };
    }
    const known = new Set(judged.problems.map(({ file }) => file));
    const differing = evidence.compareDerived(listed, derived.files);
    const problems = differing.filter(({ file, what }) => !known.has(file) || what.includes("byte"));
    return { problems: [...odd, ...problems], unsure: [], notes };
  } catch (error) {
    if (error instanceof UsageError) return unusable("sources/", `cannot be judged: ${error.message}`);
    throw error;
  }
}
