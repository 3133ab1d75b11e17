import type { VerifyFormatName } from "../../report/verify/format-names.ts";
import { verifyFormats } from "../../report/verify/formats.ts";
import { permissions } from "../../access/permissions.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Opens } from "../../verify/inherited-way.ts";
import { formatInstant } from "../../time/instant.ts";
import { planProbes } from "../../verify/plan-probes.ts";
import { planOnly } from "../../verify/run-probes.ts";
import type { VerifyReport } from "../../verify/verify-report.ts";
import { callServices } from "../call-services.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { pickWorld } from "../pick-world.ts";
import { readBeside } from "../read-beside.ts";
import { checkCovers } from "../read-kept-snapshot.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { findOnly, findShown, readPaths } from "../verify-names.ts";
import { version } from "../version.ts";

interface Given {
  readonly env?: string;
  readonly as?: readonly string[];
  readonly service?: readonly string[];
  readonly includeSensitive?: boolean;
  readonly sample?: number;
  readonly method?: "HEAD" | "GET";
  readonly path?: readonly string[];
  readonly rate?: number;
  readonly timeout?: number;
  readonly settle?: number;
  readonly snapshot?: string;
  readonly impersonateServiceAccount?: string;
  readonly dryRun?: boolean;
  readonly format?: VerifyFormatName;
}

/** `matrix verify`: calls services, and compares what comes of it with the matrix. */
export async function verifyLive(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const { as = [], method = "HEAD", sample = 5, settle = 420, path = [] } = given;
  if (given.impersonateServiceAccount !== undefined && as.length === 0)
    throw new UsageError("--impersonate-service-account is about tokens", "add --as CALLER, or leave it out");
  const beside = await readBeside(session, file, given, "verify");
  if (typeof beside === "number") return beside;
  const { validated, matrix, snapshot } = beside;
  const world = pickWorld(matrix, given.env ?? snapshot?.environment ?? undefined);
  if (snapshot !== undefined) checkCovers(snapshot, matrix, [world.environment.name]);
  const callers = findShown(as, matrix, world);
  const plan = planProbes({
    matrix,
    world,
    snapshot,
    callers,
    only: findOnly(given.service, matrix, world),
    includeSensitive: given.includeSensitive === true,
    sample,
    opens: await whatOpens(matrix, callers.length > 0),
    paths: readPaths(path, matrix, world),
  });
  const startedAt = formatInstant(io.now());
  const dryRun = given.dryRun === true;
  const calls = dryRun
    ? planOnly(plan.probes)
    : await callServices(session, plan.probes, { ...given, method, settle, shows: callers.length > 0 });
  if (calls === undefined) return exitCodes.incomplete.code;
  const report: VerifyReport = {
    environment: world.environment.name,
    matrix: validated.name,
    startedAt,
    finishedAt: formatInstant(io.now()),
    method,
    settle,
    callers: callers.map(({ key }) => key),
    dryRun,
    complete: calls.length > 0 && calls.every(({ verdict }) => verdict !== "unknown"),
    calls,
    leftOut: plan.leftOut,
  };
  io.stdout.write(verifyFormats[given.format ?? "text"](report, { color: color.stdout, quiet, verbose, version }));
  if (!report.complete) return exitCodes.incomplete.code;
  return calls.some(({ verdict }) => verdict === "finding") ? exitCodes.findings.code : exitCodes.clean.code;
}

/** What roles hold, from the bundle that has the table of them, where that can matter. */
async function whatOpens({ inherited }: Matrix, shows: boolean): Promise<Opens> {
  if (inherited.length === 0 || !shows) return () => undefined;
  const { builtInRole } = await import("../../gcp/gcp.ts");
  return (role) => {
    const held = builtInRole(role);
    if (held === undefined || !("value" in held)) return undefined;
    if (held.value.includes(permissions.invokeService)) return true;
    return held.status === "read" ? false : undefined;
  };
}
