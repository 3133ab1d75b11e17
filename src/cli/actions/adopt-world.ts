import { posix } from "node:path";
import type { Adoption } from "../../adopt/adopt-snapshot.ts";
import type { FileTree } from "../../files/file-tree.ts";
import { overlayTree } from "../../files/overlay-tree.ts";
import { loadMatrix, type LoadedMatrix } from "../../matrix/load/load-matrix.ts";
import { decodeText } from "../../matrix/text/decode-text.ts";
import { type ValidatedMatrix, validateMatrix } from "../../matrix/validate-matrix.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import type { Instant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { readForeignState } from "../foreign-state.ts";
import { readMatrix } from "../matrix-source.ts";
import { readKeptSnapshot } from "../read-kept-snapshot.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { usableMatrix } from "../usable-matrix.ts";

interface Given {
  readonly snapshot?: string;
  readonly out?: string;
  readonly env?: string;
  readonly splitBy?: string;
  readonly state?: readonly string[];
  readonly check?: boolean;
  readonly format?: "text" | "json";
}

/** Rules of a person that a world may break: the matrix is written all the same, and validate says so. */
const brokenByWorlds: ReadonlySet<string> = new Set(["never", "require", "guardrail-conflict", "row-too-large"]);

/** `matrix adopt`: a world that exists, written as a matrix. */
export async function adoptWorld(session: Session, options: Given): Promise<ExitCode> {
  const { io, quiet } = session;
  const given = withFiles(options);
  checkStdin(given);
  if (given.splitBy === "") throw new UsageError("--split-by is empty", "name a label of services, like team");
  const snapshot = await readKeptSnapshot(session, given.snapshot);
  const environment = environmentOf(snapshot, given.env);
  if (given.splitBy !== undefined) checkLabel(snapshot, given.splitBy);
  const seen = Date.parse(snapshot.finishedAt) as Instant;
  const root = rootIn(io, given.out);
  const loaded = io.disk.exists(root) ? readExisting(session, root, seen) : emptyMatrix(root);
  if (typeof loaded === "number") return loaded;
  const { adoptFormats, adoptReport, adoptSnapshot, isProjectId, readTerraformState, takenFrom, writeFiles } =
    await import("../../adopt/adopt.ts");
  if (!hasEnvironment(loaded, environment) && !snapshot.projects.some(({ project }) => isProjectId(project)))
    throw new UsageError("the snapshot has no project whose id a matrix can hold", "read one: --project acme-prod");
  const states = [...stateNames(given.state ?? [])].map(([name, called]) =>
    readForeignState(io, name, called, readTerraformState),
  );
  const elsewhere = takenFrom(states, snapshot);
  const adoption = adoptSnapshot({ loaded, snapshot, environment, splitBy: given.splitBy, elsewhere });
  const texts = writeFiles(adoption.draft, (file) => textOf(io.disk, file));
  refuseStrangers(io, [...texts.keys()], loaded);
  const changed = [...texts].filter(([file, text]) => textOf(io.disk, file) !== text);
  const validated = validateWritten(io, texts, adoption, seen);
  const isCheck = given.check === true;
  // The root comes last: where a part cannot be written, nothing names it.
  const partsFirst = changed.toSorted(([a], [b]) => Number(a === root) - Number(b === root));
  if (!isCheck) for (const [file, text] of partsFirst) io.disk.write(file, text);
  const errors = validated.findings.filter(
    ({ severity, acceptedBy }) => severity === "error" && acceptedBy === undefined,
  );
  const report = adoptReport(adoption, {
    states,
    elsewhere,
    errors: errors.length,
    written: !isCheck,
    files: [...texts.keys()].map((file) => ({ file, changed: changed.some(([name]) => name === file) })),
  });
  io.stdout.write(adoptFormats[given.format ?? "text"](report, { quiet }));
  if (!quiet && io.stderr.isTerminal && !isCheck) {
    const validate = shellCommand(["matrix", "validate", root]);
    const drift = shellCommand(["matrix", "drift", root, "--env", environment, "--snapshot", given.snapshot]);
    io.stderr.write(`next: ${escapeTerminal(`${validate} && ${drift}`)}\n`);
  }
  if (!report.complete) return exitCodes.incomplete.code;
  return errors.length + report.unsayable.length + report.open > 0 || (isCheck && changed.length > 0)
    ? exitCodes.findings.code
    : exitCodes.clean.code;
}

function hasEnvironment({ document }: LoadedMatrix, environment: string): boolean {
  return document.environments?.[environment] !== undefined;
}

/** A file that is there and that the matrix does not include is somebody else's. */
function refuseStrangers({ disk }: Io, files: readonly string[], { root, parts }: LoadedMatrix): void {
  const stranger = files.find((file) => file !== root && !parts.has(file) && disk.exists(file));
  if (stranger !== undefined)
    throw new UsageError(`${stranger} is there, and no part of the matrix`, "include it, or move it away");
}

/** States by the names of their files; where two files have one name, by their paths. Each file once. */
function stateNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const short = (path: string): string => (path === "-" ? "stdin" : posix.basename(path));
  const given = [...new Set(paths.map((path) => (path === "-" ? path : posix.normalize(path))))];
  const isTwice = (path: string): boolean => given.some((other) => other !== path && short(other) === short(path));
  return new Map(given.map((path) => [path, isTwice(path) ? path : short(path)]));
}

/** @throws UsageError where one of the two is missing; after commander has looked for slips in the names of options */
function withFiles(given: Given): Given & { readonly snapshot: string; readonly out: string } {
  const { snapshot, out } = given;
  if (snapshot === undefined)
    throw new UsageError("there is no snapshot to adopt", "write --snapshot FILE; matrix snapshot reads one");
  if (out === undefined) throw new UsageError("there is no folder to write to", "write --out FOLDER, like --out .");
  return { ...given, snapshot, out };
}

function checkStdin({ snapshot, state = [] }: Pick<Given, "state"> & { readonly snapshot: string }): void {
  if ([snapshot, ...state].filter((name) => name === "-").length > 1)
    throw new UsageError("standard input can be only one file", "give the others by their names");
}

/** @throws UsageError where nobody says which environment it is */
function environmentOf(snapshot: Snapshot, given: string | undefined): string {
  if (given !== undefined && snapshot.environment !== null && given !== snapshot.environment)
    throw new UsageError(
      `the snapshot was read for ${snapshot.environment}, and not for ${given}`,
      `leave --env out, or read ${given}: matrix snapshot --env ${given}`,
    );
  const name = given ?? snapshot.environment;
  if (name === null)
    throw new UsageError("the snapshot does not say which environment it is of", "name it: --env prod");
  if (!/^(?!x-)[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > 49)
    throw new UsageError(
      `"${name}" is no name of an environment`,
      "use lower-case letters, digits and hyphens, and no x- in front",
    );
  return name;
}

/** @throws UsageError where no service has the label: all would stand in one file, of nobody */
function checkLabel({ projects }: Snapshot, label: string): void {
  const labels = new Set(
    projects.flatMap(({ services, jobs }) =>
      [services, jobs].flatMap((list) => (valueOf(list) ?? []).flatMap((each) => Object.keys(each.labels ?? {}))),
    ),
  );
  if (labels.has(label)) return;
  const known = [...labels].sort(compareText).slice(0, 5);
  throw new UsageError(
    `no service has the label "${label}"`,
    known.length === 0
      ? "the services have none: leave --split-by out"
      : `there ${known.length === 1 ? "is" : "are"} ${enumerateWords(known, "and")}`,
  );
}

/** The root file in a folder: the one that is there, else matrix.yaml. */
function rootIn(io: Io, folder: string): string {
  if (folder === "") throw new UsageError("the name of the folder is empty", "name a folder: -o .");
  if (io.disk.isFile(folder)) throw new UsageError(`${folder} is a file`, "name the folder that the matrix is in");
  const names = ["matrix.yaml", "matrix.yml"].map((name) => posix.join(folder, name));
  return names.find((name) => io.disk.exists(name)) ?? posix.join(folder, "matrix.yaml");
}

function emptyMatrix(root: string): LoadedMatrix {
  return { root, document: { version: 1 }, parts: new Map([[root, {}]]), keyFiles: new Map() };
}

/** @returns the exit code where the matrix cannot be gone on with */
function readExisting(session: Session, root: string, seen: Instant): LoadedMatrix | ExitCode {
  const validated = readMatrix(session.io, root, seen);
  const loaded = loadMatrix(session.io.disk, root);
  const isUsable = usableMatrix(validated) !== undefined && !("problem" in loaded);
  return isUsable && loaded.matrix !== undefined
    ? loaded.matrix
    : refuse(session, validated, "adopt", exitCodes.usage.code);
}

function textOf(tree: FileTree, file: string): string | undefined {
  const content = tree.read(file);
  if (content.problem !== undefined) return undefined;
  const decoded = decodeText(content.bytes);
  return "text" in decoded ? decoded.text : undefined;
}

/**
 * What validate says of the texts before they are written.
 * @throws UsageError where something that was there does not go with them; Error where adopt wrote what the language does not have
 */
function validateWritten(
  { disk }: Io,
  texts: ReadonlyMap<string, string>,
  { draft }: Adoption,
  seen: Instant,
): ValidatedMatrix {
  const validated = validateMatrix(overlayTree(disk, texts), draft.root, seen);
  if ("problem" in validated) throw new Error(validated.problem);
  const wrong = validated.findings.find(({ stopsSynth, rule }) => stopsSynth && !brokenByWorlds.has(rule));
  if (wrong?.rule === "shared-target")
    throw new UsageError(wrong.message, "a service belongs to one environment: adopt its project under that name");
  if (wrong !== undefined && !texts.has(wrong.span.file))
    throw new UsageError(
      `${wrong.span.file} would become a part of the matrix, and is wrong: ${wrong.message}`,
      "move it out of the folder",
    );
  if (wrong !== undefined) throw new Error(`adopt would write a wrong matrix: ${wrong.rule}: ${wrong.message}`);
  return validated;
}
