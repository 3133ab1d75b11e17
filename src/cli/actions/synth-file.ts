import type { Instant } from "../../time/instant.ts";
import { text } from "../../report/findings/text.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { synthesizeStacks } from "../../synth/cdktf/synthesize-stacks.ts";
import { manifestOf, stackFile } from "../../synth/output/manifest.ts";
import { planStacks } from "../../synth/plan/plan-stacks.ts";
import type { StackPlan } from "../../synth/plan/stack-plan.ts";
import { checkOutput } from "../check-output.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findingReport } from "../finding-report.ts";
import { idleGrants } from "../idle-grants.ts";
import { readImportPolicy } from "../import-policy.ts";
import { checkEnvironments, readMatrix } from "../matrix-source.ts";
import { MANIFEST, OutputFolder } from "../output-folder.ts";
import type { Session } from "../session.ts";
import { refuse } from "../refuse.ts";
import { refuseRemovals } from "../refuse-removals.ts";
import { UsageError } from "../usage-error.ts";
import { describeOutput } from "../describe-output.ts";

interface Given {
  readonly out?: string;
  readonly check?: boolean;
  readonly base?: string;
  readonly allowRemoval?: readonly string[];
  readonly format?: "text" | "json";
  readonly asOf?: Instant;
  readonly env?: readonly string[];
  /** always, never, or the name of a snapshot. */
  readonly imports?: string;
}

/** `matrix synth`: the matrix as Terraform, written to a folder or compared with it. */
export async function synthFile(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  if (given.imports === "-" && (file ?? io.env["MATRIX_FILE"]) === "-")
    throw new UsageError("standard input can be only one file", "give the others by their names");
  const validated = readMatrix(io, file, given.asOf ?? io.now());
  checkEnvironments(validated, given.env);
  const { matrix, findings } = validated;
  if (matrix === undefined || findings.some(({ stopsSynth }) => stopsSynth)) return refuse(session, validated, "synth");
  // Expiry is told below, by what it does; the rest a line each.
  const told = {
    ...validated,
    findings: findings.filter(({ rule, severity }) => rule !== "expired" && (verbose || severity !== "info")),
  };
  const report = findingReport(told, given.env, quiet ? "error" : verbose ? "info" : "warning");
  io.stderr.write(text(report, { color: color.stderr, width: io.stderr.width, verbose: false, quiet: true }));

  const plans = planStacks(matrix, await readImportPolicy(session, given.imports, matrix, given.env));
  const wanted = plans.filter(({ environment }) => given.env === undefined || given.env.includes(environment));
  for (const { what, stack } of idleGrants(matrix, wanted)) io.stderr.write(`left out of ${stack}: ${what}\n`);
  const files = synthesizeStacks(wanted);
  if (given.allowRemoval !== undefined && given.base === undefined)
    throw new UsageError("--allow-removal without --base allows nothing", "say what it is compared with: --base main");
  const folder = new OutputFolder(io.disk, outputName(given.out, io.env["CDKTF_OUTDIR"]));
  if (
    given.base !== undefined &&
    !refuseRemovals(session, {
      matrix,
      name: validated.name,
      base: given.base,
      files,
      allowed: given.allowRemoval ?? [],
      environments: given.env,
    })
  ) {
    return exitCodes.findings.code;
  }
  const known = new Set(plans.map(({ name }) => name));
  const isWhole = given.env === undefined;
  if (given.check === true) return checkOutput(session, { folder, files, known, isWhole, matrix });
  writeOutput(session, { folder, files, wanted, known, isWhole });
  io.stdout.write(describeOutput(wanted, folder, given.format ?? "text"));
  if (!quiet && given.format !== "json" && io.stderr.isTerminal) io.stderr.write(nextStep(folder, wanted));
  return exitCodes.clean.code;
}

/** The folder to write to; an environment variable that is empty counts as unset. */
function outputName(given: string | undefined, fromEnvironment: string | undefined): string {
  if (given === "") throw new UsageError("the name of the folder is empty", "name a folder, or leave --out away");
  return given ?? (fromEnvironment === undefined || fromEnvironment === "" ? "cdktf.out" : fromEnvironment);
}

interface Output {
  readonly folder: OutputFolder;
  readonly files: ReadonlyMap<string, string>;
  readonly wanted: readonly StackPlan[];
  /** Every stack of the matrix. */
  readonly known: ReadonlySet<string>;
  /** Whether all environments are wanted, and not only some. */
  readonly isWhole: boolean;
}

/** Writes what changed, and removes stacks that the matrix no longer has. */
function writeOutput({ io, quiet }: Session, { folder, files, wanted, known, isWhole }: Output): void {
  folder.refuseForeign([...files.keys(), MANIFEST]);
  for (const [path, content] of files) folder.write(path, content);
  const there = folder.stacks().map(({ name }) => name);
  for (const name of there) {
    if (known.has(name) || !isWhole) continue;
    const isGone = folder.removeStack(name);
    const rest = isGone ? "" : "; what else is in its folder was left alone";
    if (!quiet)
      io.stderr.write(
        `removed ${escapeTerminal(folder.path(stackFile(name)))}: the matrix no longer has this stack${rest}\n`,
      );
  }
  folder.write(
    MANIFEST,
    manifestOf([...new Set([...wanted.map(({ name }) => name), ...there.filter((name) => known.has(name))])]),
  );
}

function nextStep(folder: OutputFolder, [first]: readonly StackPlan[]): string {
  if (first === undefined) return "";
  const stack = folder.path(`stacks/${first.name}`);
  return `next: terraform -chdir=${stack} init && terraform -chdir=${stack} plan\n`;
}
