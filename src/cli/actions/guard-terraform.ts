import type { Severity } from "../../finding/severity.ts";
import type { GuardFormatName } from "../../report/guard/format-names.ts";
import type { Instant } from "../../time/instant.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { checkEnvironments, readMatrix } from "../matrix-source.ts";
import { nameForFormat } from "../name-for-format.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

/** More than a plan of 10,000 services with 100,000 bindings has. */
const MAX_PLAN_BYTES = 300 * 1024 * 1024;

interface Given {
  readonly matrix?: string;
  readonly env?: readonly string[];
  readonly format?: GuardFormatName;
  readonly failOn?: Severity;
  readonly asOf?: Instant;
  readonly strict?: boolean;
}

/** `matrix guard`: what a Terraform plan would do to the access that the matrix declares. */
export async function guardTerraform(session: Session, plan: string, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const file = given.matrix ?? io.env["MATRIX_FILE"];
  if (plan === "-" && file === "-")
    throw new UsageError("standard input can be only one file", "give the matrix or the plan by its name");
  const validated = readMatrix(io, given.matrix, given.asOf ?? io.now());
  checkEnvironments(validated, given.env);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "guard", exitCodes.usage.code);
  const guard = await import("../../guard/guard.ts");
  const name = plan === "-" ? "standard input" : plan;
  const bytes = plan === "-" ? io.readStdin(MAX_PLAN_BYTES) : io.disk.readData(plan, MAX_PLAN_BYTES);
  if (bytes.length > MAX_PLAN_BYTES) throw new UsageError(`${name} is larger than 300 MB`, "split the configuration");
  const read = guard.readPlan(Buffer.from(bytes).toString("utf8"), name);
  if ("problem" in read) throw new UsageError(read.problem, read.help);
  const named = nameForFormat(io, given.format, validated);
  const report = guard.guardPlan({
    matrix,
    name: named.name,
    planName: name,
    worlds: matrix.worlds.filter(({ environment }) => given.env?.includes(environment.name) !== false),
    plan: read,
    isStrict: given.strict === true,
    locate: named.locate,
  });
  const failOn = given.failOn ?? "error";
  io.stdout.write(
    guard.guardFormats[given.format ?? "text"](report, {
      color: color.stdout,
      width: io.stdout.width,
      quiet,
      verbose,
      failOn,
      rules: Object.values(guard.guardRules),
      version,
    }),
  );
  if (!report.complete) return exitCodes.incomplete.code;
  return report.findings.some((each) => guard.isGuardFailure(each, { failOn }))
    ? exitCodes.findings.code
    : exitCodes.clean.code;
}
