import { canonicalJson } from "../../words/canonical-json.ts";
import type { Unread } from "../../access/access.ts";
import type { AccountRecord } from "../../snapshot/snapshot.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import type { Instant } from "../../time/instant.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { requestFor } from "../live-request.ts";
import { type ReadingOptions, readLive } from "../read-live.ts";
import { readMatrix } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";

interface Given extends ReadingOptions {
  readonly out?: string;
  readonly env?: string;
  readonly project?: readonly string[];
  readonly scope?: readonly string[];
  readonly activity?: boolean;
  readonly printPermissions?: boolean;
}

/** `matrix snapshot`: everything that decides who can invoke what, read into one file. */
export async function takeSnapshot(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, quiet } = session;
  if (given.printPermissions === true) {
    io.stdout.write((await import("../../gcp/gcp.ts")).describePermissions());
    return exitCodes.clean.code;
  }
  const request = requestOf(session, file, given);
  if (typeof request === "number") return request;
  // Said before minutes of reading, not after.
  if (given.out !== undefined && io.disk.isFolder(given.out))
    throw new UsageError(`${given.out} is a folder`, "name the file to write");
  const snapshot = await readLive(session, { ...request, activity: given.activity === true }, given);
  if (snapshot === undefined) return exitCodes.incomplete.code;
  const text = `${canonicalJson(snapshot)}\n`;
  if (given.out === undefined || given.out === "-") io.stdout.write(text);
  else io.disk.write(given.out, text);
  const asOf = Date.parse(snapshot.finishedAt) as Instant;
  const { evaluateAccess } = await import("../../drift/drift.ts");
  const { services, unread } = evaluateAccess(snapshot, { asOf, indirect: "none" });
  const missing = unread.filter(({ inScope }) => inScope);
  for (const line of describeMissing(missing)) io.stderr.write(`not read: ${escapeTerminal(line)}\n`);
  // It was asked for, and decides nothing: it is said, and no reason to fail.
  for (const line of describeSilence(snapshot.accounts)) io.stderr.write(`note: ${escapeTerminal(line)}\n`);
  if (!quiet) {
    const read = `${count(snapshot.projects.length, "project")}, ${count(services.length, "service")}`;
    const gaps =
      missing.length === 0 ? "everything in the scope was read" : `${count(missing.length, "read")} did not succeed`;
    io.stderr.write(`${read}; ${gaps}\n`);
  }
  return missing.length === 0 ? exitCodes.clean.code : exitCodes.incomplete.code;
}

/** A line for each resource and reason. */
function describeMissing(missing: readonly Unread[]): readonly string[] {
  const alike = new Map<string, string[]>();
  for (const { what, resource, reason } of missing) {
    const where = `${resource}: ${reason}`;
    alike.set(where, [...(alike.get(where) ?? []), what]);
  }
  return [...alike].map(([where, whats]) => `${enumerateWords(whats, "and")} of ${where}`);
}

function describeSilence(accounts: readonly AccountRecord[]): readonly string[] {
  const alike = new Map<string, number>();
  for (const { lastAuthenticated } of accounts) {
    if (lastAuthenticated !== undefined && "reason" in lastAuthenticated)
      alike.set(lastAuthenticated.reason, (alike.get(lastAuthenticated.reason) ?? 0) + 1);
  }
  return [...alike].map(
    ([reason, size]) => `when ${count(size, "account")} last authenticated was not read: ${reason}`,
  );
}

function requestOf(session: Session, file: string | undefined, given: Given) {
  const { io } = session;
  if (given.project === undefined && given.scope === undefined) {
    const validated = readMatrix(io, file, io.now());
    const { matrix } = validated;
    if (matrix === undefined) return refuse(session, validated, "snapshot", exitCodes.usage.code);
    return requestFor(pickWorld(matrix, given.env));
  }
  if (file !== undefined || given.env !== undefined)
    throw new UsageError("--project and --scope are for reading without a matrix", "leave out the matrix and --env");
  const projects = given.project ?? [];
  const wrong = (given.scope ?? []).find((each) => !isScope(each));
  if (wrong !== undefined)
    throw new UsageError(`"${wrong}" is no scope`, "write projects/ID, folders/NUMBER or organizations/NUMBER");
  const odd = projects.find((each) => !isScope(`projects/${each}`));
  if (odd !== undefined)
    throw new UsageError(`"${odd}" is no id of a project`, "write it as the console does, like acme-prod");
  return { environment: null, projects, scope: given.scope ?? [], accounts: [], services: [] };
}

function isScope(text: string): boolean {
  return /^(projects\/[a-z][a-z0-9:.-]+|(folders|organizations)\/\d+)$/.test(text);
}
