import type { Matrix } from "../matrix/model/matrix.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { synthesizeStacks } from "../synth/cdktf/synthesize-stacks.ts";
import { findRemovals, type Removal } from "../synth/output/find-removals.ts";
import { type Arguments, ownerOfAddress, readStackFile, type StackFile } from "../synth/output/stack-file.ts";
import { planStacks } from "../synth/plan/plan-stacks.ts";
import type { StackPlan } from "../synth/plan/stack-plan.ts";
import { parseOperand } from "./diff-operand.ts";
import { STDIN } from "./matrix-source.ts";
import { findVersions, refuseReference } from "./matrix-versions.ts";
import { OutputFolder } from "./output-folder.ts";
import { readEarlierVersion } from "./read-version.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

interface Change {
  readonly matrix: Matrix;
  /** The matrix's file. */
  readonly name: string;
  /** A git reference, or the folder of an earlier output. */
  readonly base: string;
  /** All new files. */
  readonly files: ReadonlyMap<string, string>;
  readonly allowed: readonly string[];
  readonly environments: readonly string[] | undefined;
}

/** Whether the change may go on: nothing that the base holds is destroyed but what is retired or allowed. */
export function refuseRemovals(
  session: Session,
  { matrix, name, base, files, allowed, environments }: Change,
): boolean {
  const { io } = session;
  const after = readStacks(files);
  const before = baseStacks(session, { matrix, name, base, environments });
  const removals = findRemovals(before, after).filter((removal) => !wasRetired(removal, before));
  const users = new Map(removals.map((removal) => [removal, usersOf(removal, before)]));
  const refused = removals.filter((removal) => {
    const all = users.get(removal) ?? [];
    const isAllowed = (each: string): boolean => allowed.includes(each);
    return !isAllowed(removal.name) && !(all.length > 0 && all.every(isAllowed));
  });
  const needed = new Set(removals.flatMap((removal) => [removal.name, ...(users.get(removal) ?? [])]));
  for (const idle of allowed.filter((each) => !needed.has(each)))
    io.stderr.write(`--allow-removal ${escapeTerminal(idle)} is not needed: nothing of that name would be destroyed\n`);
  refuse(session, refused, { matrix, users });
  return refused.length === 0;
}

/** @param users of pools and providers, who are named instead of them where it is known who they are */
function refuse(
  { io }: Session,
  refused: readonly Removal[],
  { matrix, users }: { readonly matrix: Matrix; readonly users: ReadonlyMap<Removal, readonly string[]> },
): void {
  if (refused.length === 0) return;
  for (const { stack, address, name, what } of refused) {
    const thing = `${what}${isShared(what) ? "" : " of"} ${escapeTerminal(name)}`;
    io.stderr.write(
      `error: applying ${escapeTerminal(stack)} would destroy the ${thing}: ${escapeTerminal(address)}\n`,
    );
  }
  const names = new Set(
    refused.flatMap((removal) => {
      const all = users.get(removal) ?? [];
      return all.length === 0 ? [removal.name] : all;
    }),
  );
  io.stderr.write(`  help: ${advise(refused, matrix)}, or allow it:\n`);
  io.stderr.write(`        ${[...names].map((each) => `--allow-removal ${escapeTerminal(each)}`).join(" ")}\n`);
}

function advise(refused: readonly Removal[], { names }: Matrix): string {
  if (refused.every(({ what }) => isShared(what)))
    return "keep one of its callers, which needs no edge: the id of a pool or provider that was deleted is blocked for 30 days";
  const own = refused.filter(({ what }) => !isShared(what));
  if (own.every(({ name }) => names.has(name)))
    return "keep its region, project, account id and kind as they were, retire it at a later date";
  // Who only calls has an account and nothing else, no former names and no date.
  const pools =
    own.length === refused.length ? "" : "; a pool or provider that goes with it has its id blocked for 30 days";
  if (own.every(({ name, what }) => what === "account" && !names.has(name)))
    return `keep it; under a new key a caller keeps it with account: { id: OLD, manage: reference }, a service with formerNames${pools}`;
  return "keep it, give it formerNames if it was renamed, retire it (retired: DATE) if it goes";
}

/** Pools and providers belong to all callers that come through them. */
function isShared(what: Removal["what"]): boolean {
  return what === "pool" || what === "provider";
}

/** Who of the base comes through a pool, or whose account they act as. Whoever allows that all of them go lets it go. */
function usersOf({ stack, name, what }: Removal, before: readonly StackFile[]): readonly string[] {
  if (!isShared(what)) return [];
  const pool = name.split("_").slice(0, 2).join("_");
  const reference = `\${google_iam_workload_identity_pool.${pool}.name}`;
  const resources = before.find((each) => each.name === stack)?.resources ?? new Map<string, Arguments>();
  return [...resources].flatMap(([address, args]) =>
    address.startsWith("google_service_account_iam_") && JSON.stringify(args).includes(reference)
      ? [ownerOfAddress(address)]
      : [],
  );
}

/**
 * Whether the base had it retired already: its account disabled, or, where it has none in that stack, its rows empty. A
 * date in the past that the same change writes announces nothing.
 */
function wasRetired({ stack, name }: Removal, before: readonly StackFile[]): boolean {
  const resources = before.find((each) => each.name === stack)?.resources ?? new Map<string, Arguments>();
  const account = resources.get(`google_service_account.${name}`);
  if (account !== undefined) return account["disabled"] === true;
  const own = [...resources].filter(([address]) => ownerOfAddress(address) === name);
  return own.every(([, { members }]) => Array.isArray(members) && members.length === 0);
}

/** @throws UsageError where the base cannot be read: then nothing says what would be destroyed */
function baseStacks(
  { io, quiet }: Session,
  { matrix, name, base, environments }: Omit<Change, "allowed" | "files">,
): readonly StackFile[] {
  const isWanted = ({ environment }: StackPlan): boolean => environments?.includes(environment) !== false;
  if (base === "")
    throw new UsageError("the base is empty", "name a git reference, or the folder of an earlier output");
  if (io.disk.isFolder(base)) {
    // A pull request can add a folder called main, and must not be compared with itself.
    if (!/^\.{0,2}\//.test(base)) refuseReference(io, base, "folder");
    const stacks = new OutputFolder(io.disk, base).stacks();
    if (stacks.length === 0)
      throw new UsageError(
        `${base} holds no stacks that matrix wrote`,
        "name the folder that holds stacks/, or a git reference",
      );
    // A stack does not say which environment it is of; one that is of none any more may be of any.
    const others = new Set(planStacks(matrix).flatMap((plan) => (isWanted(plan) ? [] : [plan.name])));
    return stacks.filter((stack) => !others.has(stack.name));
  }
  const operand = parseOperand(base);
  if ("problem" in operand) throw new UsageError(operand.problem, operand.help);
  if (operand.kind !== "ref")
    throw new UsageError(
      `"${base}" is neither a git reference nor a folder`,
      "name a git reference, or the folder of an earlier output",
    );
  if (name === STDIN && operand.path === undefined)
    throw new UsageError(
      "a matrix on standard input has no earlier version in git",
      "name its file, or give --base REF:PATH or the folder of an earlier output",
    );
  const after = name === STDIN ? ({ kind: "stdin" } as const) : ({ kind: "file", name, isBare: false } as const);
  const { before, notes } = findVersions(io, { before: operand, after, isMergeBase: false });
  const first = "for the first version of a matrix, leave --base out";
  if (!before.isPresent) throw new UsageError(`${before.title} does not exist`, first);
  if (!quiet) for (const note of notes) io.stderr.write(`note: ${escapeTerminal(note)}\n`);
  const earlier = readEarlierVersion({ io }, before, matrix.asOf);
  if (earlier.matrix === undefined)
    throw new UsageError(`${before.title} is not a matrix that can be read`, "choose a base where it can");
  return readStacks(synthesizeStacks(planStacks(earlier.matrix).filter(isWanted)));
}

function readStacks(files: ReadonlyMap<string, string>): readonly StackFile[] {
  return [...files].flatMap(([path, text]) => readStackFile(path.split("/")[1] ?? "", text) ?? []);
}
