import type { Matrix } from "../matrix/model/matrix.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { compareStacks, type ResourceChange } from "../synth/output/compare-stacks.ts";
import { ownerOfAddress, readStackFile, type StackFile } from "../synth/output/stack-file.ts";
import { planStacks } from "../synth/plan/plan-stacks.ts";
import { count } from "../words/enumerate-words.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { type IdleGrant, idleGrants } from "./idle-grants.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { Session } from "./session.ts";

const signs = { added: "+", removed: "-", changed: "~" } as const;

interface Wanted {
  readonly folder: OutputFolder;
  readonly files: ReadonlyMap<string, string>;
  /** Every stack of the matrix. */
  readonly known: ReadonlySet<string>;
  /** Whether all environments are wanted, and not only some. */
  readonly isWhole: boolean;
  readonly matrix: Matrix;
}

/** `matrix synth --check`: whether the folder holds what the matrix says, and what differs. Writes nothing. */
export function checkOutput({ io, quiet }: Session, { folder, files, known, isWhole, matrix }: Wanted): ExitCode {
  const lines: string[] = [];
  const idle = idleGrants(matrix, planStacks(matrix));
  for (const [path, text] of files) {
    const before = folder.read(path);
    if (before === text) continue;
    const name = path.split("/")[1] ?? "";
    lines.push(`${folder.path(path)} ${before === undefined ? "is missing" : "is not current"}`);
    if (before === undefined) continue;
    const [old, now] = [readStackFile(name, before), readStackFile(name, text)];
    for (const change of compareStacks(old, now)) {
      lines.push(...describeChange(change));
      const reasons = idle.flatMap((grant) => (isReason(grant, name, change) ? [grant.what] : []));
      for (const what of new Set(reasons)) lines.push(`      because of ${what}`);
    }
    const differing = differingImports(old, now);
    if (differing > 0) lines.push(`  ${count(differing, "import block")} differ${differing === 1 ? "s" : ""}`);
  }
  for (const { name } of folder.stacks())
    if (isWhole && !known.has(name))
      lines.push(`${folder.path(`stacks/${name}`)} is of a stack that the matrix no longer has`);
  if (lines.length === 0) {
    if (!quiet && io.stderr.isTerminal) io.stderr.write(`${folder.path("stacks")} is up to date\n`);
    return exitCodes.clean.code;
  }
  if (!quiet) for (const line of lines) io.stdout.write(`${escapeTerminal(line)}\n`);
  if (!quiet) io.stderr.write("run matrix synth to bring it up to date\n");
  return exitCodes.findings.code;
}

/** How many imports only one of two versions has: other --imports than those that were written give others. */
function differingImports(before: StackFile | undefined, after: StackFile | undefined): number {
  const [old, now] = [before?.imported ?? new Set<string>(), after?.imported ?? new Set<string>()];
  return [...old].filter((to) => !now.has(to)).length + [...now].filter((to) => !old.has(to)).length;
}

/** Whether a row lost a member because a grant ended. */
function isReason({ stack, service, member }: IdleGrant, name: string, { address, details }: ResourceChange): boolean {
  if (member !== undefined) return details.includes(`- ${member}`);
  const losesSome = details.length === 0 || details.some((detail) => detail.startsWith("- "));
  return stack === name && service === ownerOfAddress(address) && losesSome;
}

function describeChange({ address, kind, details }: ResourceChange): readonly string[] {
  return [`  ${signs[kind]} ${address}`, ...details.map((detail) => `      ${detail}`)];
}
