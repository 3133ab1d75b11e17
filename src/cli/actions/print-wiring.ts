import type { LiveView } from "../../drift/view-live.ts";
import type { Caller, Service, World } from "../../matrix/model/world.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { WiringFormatName } from "../../report/wiring/format-names.ts";
import { wiringFormats } from "../../report/wiring/formats.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Instant } from "../../time/instant.ts";
import { wireCaller, wireMoves } from "../../wiring/wire-caller.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { nearestName } from "../../words/nearest-name.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { pickWorld } from "../pick-world.ts";
import { readBeside } from "../read-beside.ts";
import { checkCovers } from "../read-kept-snapshot.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { type WantedFiles, writeWiring } from "../write-wiring.ts";

interface Given extends WantedFiles {
  readonly env?: string;
  readonly snapshot?: string;
  readonly format?: WiringFormatName;
  readonly asOf?: Instant;
}

interface Words {
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** `matrix wiring`: what a caller must be configured with; or who is moving from one account to another. */
export async function printWiring(session: Session, words: Words, given: Given): Promise<ExitCode> {
  const { io, color, quiet } = session;
  const { caller, file } = readWords(words);
  const beside = await readBeside(session, file, given, "wiring");
  if (typeof beside === "number") return beside;
  const { validated, matrix, snapshot, asOf } = beside;
  const world = pickWorld(matrix, given.env ?? snapshot?.environment ?? undefined);
  if (snapshot !== undefined) checkCovers(snapshot, matrix, [world.environment.name]);
  const { tokenFile } = given;
  const live = await viewOf(snapshot, asOf);
  const question = {
    matrix,
    name: validated.name,
    world,
    live,
    numbers: numbersIn(snapshot),
    tokenFile,
    repeat: repeated(file, given),
  };
  if (caller === undefined) checkOverview(given);
  const found = caller === undefined ? undefined : findCaller(matrix, world, caller);
  const report = found === undefined ? wireMoves(question) : wireCaller(found, question);
  if (found !== undefined && writeWiring(session, found, report, given)) return exitCodes.clean.code;
  io.stdout.write(wiringFormats[given.format ?? "text"](report, { color: color.stdout, quiet, version }));
  return report.complete ? exitCodes.clean.code : exitCodes.incomplete.code;
}

/** What another command line has to say for the same answer. Standard input cannot be read again. */
function repeated(file: string | undefined, { env, snapshot, tokenFile }: Given): readonly string[] {
  const option = (name: string, value: string | undefined): readonly string[] =>
    value === undefined || value === "-" ? [] : [name, value];
  return [
    ...(file === undefined || file === "-" ? [] : [file]),
    ...option("--env", env),
    ...option("--snapshot", snapshot),
    ...option("--token-file", tokenFile),
  ];
}

/** No name has a dot or a slash, and a lone word that has one is the file. */
function readWords({ first, second }: Words): {
  readonly caller: string | undefined;
  readonly file: string | undefined;
} {
  if (second !== undefined || first === undefined) return { caller: first, file: second };
  return first === "-" || /[./\\]/.test(first)
    ? { caller: undefined, file: first }
    : { caller: first, file: undefined };
}

/** @throws UsageError where a command line without a caller asks for what only one has */
function checkOverview({ format, credentials, manifest, tokenFile }: Given): void {
  const [option] = [
    ...(format === "env" ? ["--format env"] : []),
    ...(credentials === undefined ? [] : ["--credentials"]),
    ...(manifest === undefined ? [] : ["--manifest"]),
    ...(tokenFile === undefined ? [] : ["--token-file"]),
  ];
  if (option !== undefined)
    throw new UsageError(`${option} is about one caller`, `name it: matrix wiring CALLER ${option}`);
}

/** The numbers of the projects that a snapshot has read, by id. */
function numbersIn(snapshot: Snapshot | undefined): ReadonlyMap<string, string> {
  const found = (snapshot?.containers ?? []).flatMap(
    ({ resource, details }): readonly (readonly [string, string])[] => {
      const number = resource.startsWith("projects/") ? valueOf(details)?.number : undefined;
      return number === undefined ? [] : [[resource.slice("projects/".length), number]];
    },
  );
  return new Map(found);
}

async function viewOf(snapshot: Snapshot | undefined, asOf: Instant): Promise<LiveView | undefined> {
  if (snapshot === undefined) return undefined;
  const { viewLive } = await import("../../drift/drift.ts");
  return viewLive(snapshot, asOf);
}

/** @throws UsageError where the name is none of a service or caller in this environment */
function findCaller({ names, expand }: Matrix, world: World, name: string): Service | Caller {
  const found = world.services.get(name) ?? world.callers.get(name);
  if (found !== undefined) return found;
  const declared = names.get(name);
  if (declared?.section === "sets")
    throw new UsageError(
      `"${name}" is a set`,
      `name one of its members: ${enumerateWords([...expand(name)].sort(), "or")}`,
    );
  if (declared !== undefined) throw new UsageError(`${name} is not in ${world.environment.name}`, "name another --env");
  const near = nearestName(name, names.keys());
  throw new UsageError(
    `no service or caller is called "${name}"`,
    near === undefined ? "a file needs a dot or a slash in its name, like ./matrix" : `did you mean "${near}"?`,
  );
}
