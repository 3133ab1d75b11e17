import type { LiveSettings } from "../../gcp/read-settings.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { SweepFormatName } from "../../report/sweep/format-names.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import type { TextFile } from "../../sweep/text-file.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { checkEnvironments, isFoundByItself, readMatrix } from "../matrix-source.ts";
import { nameSweptForFormat } from "../name-for-format.ts";
import { pickWorld } from "../pick-world.ts";
import type { ReadingOptions } from "../read-live.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { type BaselineOptions, isKept, keepBaseline, readIds } from "./sweep-baseline.ts";
import { SweptFiles } from "./sweep-files.ts";
import { type LiveProject, projectsNamed, projectsOf, readLiveSettings } from "./sweep-live.ts";

interface Given extends ReadingOptions, BaselineOptions {
  readonly matrix?: string;
  readonly env?: string;
  readonly live?: boolean;
  readonly project?: readonly string[];
  readonly format?: SweepFormatName;
}

const nothingRead: LiveSettings = { services: [], unread: [], requests: {} };

/** `matrix sweep`: the credentials that services share, and the edges that could replace them. */
export async function sweepCredentials(session: Session, paths: readonly string[], given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  checkUse(session, paths, given);
  const sweep = await import("../../sweep/sweep.ts");
  const { BaselineError, formatBaseline, isSweepFailure, parseBaseline, schemeOf } = sweep;
  const found = findNames(session, given);
  const { baseline, scheme } = readIds(session, { BaselineError, parseBaseline, schemeOf }, given);
  const asked = paths.length === 0 && given.live !== true ? ["."] : [...paths];
  const own = [given.baseline, given.writeBaseline, given.keyFile].flatMap((name) => name ?? []);
  const files = new SweptFiles(io, asked, own, sweep.isConfiguration);
  const projects = given.live === true ? projectsFor(found, given) : [];
  const live = given.live === true ? await readLiveSettings(session, projects, given) : nothingRead;
  if (live === undefined) return exitCodes.incomplete.code;
  const fromApi = live.services.map(({ source, settings }): TextFile => ({
    name: source,
    text: JSON.stringify(settings),
  }));
  const report = await sweep.sweepTexts({
    load: function* () {
      yield* fromApi;
      yield* files.load();
    },
    reading: () => ({
      swept: {
        paths: asked,
        live: projects.map(({ id }) => id),
        files: files.files,
        services: live.services.length,
        skipped: files.skipped,
      },
      unread: [...live.unread, ...files.unread],
    }),
    matrix:
      found.matrix === undefined ? undefined : { name: found.name, names: sweep.matrixNames(found.matrix, given.env) },
    environment: given.env,
    baseline,
    scheme,
  });
  const look = {
    color: color.stdout,
    width: io.stdout.width,
    quiet,
    verbose,
    version,
    isKept: isKept(report, given, { isSweepFailure }),
  };
  const fromApis = new Set([...fromApi.map(({ name }) => name), ...live.unread.map(({ source }) => source)]);
  const named = nameSweptForFormat(io, given.format, report, fromApis);
  io.stdout.write(sweep.sweepFormats[given.format ?? "text"](named, look));
  return keepBaseline(session, { formatBaseline, isSweepFailure }, report, { given, scheme });
}

/** @throws UsageError for options that do nothing without others */
function checkUse({ io }: Session, paths: readonly string[], given: Given): void {
  const isLive = given.live === true;
  if (!isLive && given.project !== undefined) throw new UsageError("--project is for reading now", "add --live");
  if (!isLive && given.impersonateServiceAccount !== undefined)
    throw new UsageError("--impersonate-service-account is for reading now", "add --live");
  const matrix = given.matrix ?? io.env["MATRIX_FILE"];
  if ([...paths, matrix].filter((name) => name === "-").length > 1)
    throw new UsageError("standard input can be only one file", "give the others by their names");
}

interface Found {
  readonly name: string;
  readonly matrix: Matrix | undefined;
}

/**
 * The matrix that edges come from. One that was named must be usable; one that happens to lie here is left alone where it
 * is not, and said to be. What is wrong with it is not shown: a code frame of a file that is no matrix could hold anything.
 * @throws UsageError
 */
function findNames({ io }: Session, { matrix: named, env }: Given): Found {
  const given = named ?? io.env["MATRIX_FILE"];
  const isThere =
    (given !== undefined && given !== "") ||
    ["matrix.yaml", "matrix.yml"].some((name) => isFoundByItself(name) && io.disk.isFile(name));
  if (!isThere && named === undefined && env === undefined) return { name: "", matrix: undefined };
  const validated = readMatrix(io, named, io.now());
  const { name, matrix } = validated;
  if (matrix === undefined) {
    if (named !== undefined || env !== undefined)
      throw new UsageError(`${name} is no matrix that can be read`, "matrix validate says why");
    io.stderr.write(`warning: ${escapeTerminal(name)} cannot be read: no edges are named; matrix validate says why\n`);
    return { name, matrix: undefined };
  }
  checkEnvironments(validated, env === undefined ? undefined : [env]);
  return { name, matrix };
}

/** @throws UsageError where neither the matrix nor the command line names a project */
function projectsFor({ matrix }: Found, { project, env }: Given): readonly LiveProject[] {
  if (project !== undefined) return projectsNamed(project);
  if (matrix === undefined)
    throw new UsageError(
      "there is no matrix to say which projects to read",
      "name one with --matrix, or add --project ID",
    );
  return projectsOf(pickWorld(matrix, env));
}
