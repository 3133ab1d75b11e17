import type { FileTree } from "../../files/file-tree.ts";
import { overlayTree } from "../../files/overlay-tree.ts";
import { rewriteYaml } from "../../matrix/edit/rewrite-yaml.ts";
import type { Declared, Matrix } from "../../matrix/model/matrix.ts";
import type { Mode, Service } from "../../matrix/schema/generated/document.ts";
import type { Data } from "../../matrix/text/parsed-file.ts";
import { parseYaml } from "../../matrix/text/parse-yaml.ts";
import { sourceText } from "../../matrix/text/source-text.ts";
import { validateMatrix } from "../../matrix/validate-matrix.ts";
import { environmentsOf, planModes, type ServicePlan } from "../../modes/plan-modes.ts";
import { changedLines } from "../../modes/changed-lines.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import type { Instant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { nearestName } from "../../words/nearest-name.ts";
import { describeModes } from "../describe-modes.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { checkEnvironments, findMatrix, readMatrix, STDIN } from "../matrix-source.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { worsened } from "../worsened.ts";

interface Given {
  readonly env?: readonly string[];
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly takeOver?: boolean;
  readonly format?: "text" | "json";
  readonly asOf?: Instant;
  readonly snapshot?: string;
}

const modes: readonly Mode[] = ["observe", "add", "enforce"];

/** `matrix modes set`: another mode, written into the files of the matrix. */
export function setModes(session: Session, words: readonly string[], given: Given): ExitCode {
  const { io } = session;
  const { name, tree } = findMatrix(io, given.file);
  if (given.snapshot !== undefined)
    throw new UsageError("modes set reads no snapshot", "leave --snapshot out; matrix modes takes it");
  if (name === STDIN) throw new UsageError("standard input cannot be changed", "name the matrix with --file");
  const asOf = given.asOf ?? io.now();
  const validated = readMatrix(io, name, asOf);
  const { matrix } = validated;
  if (matrix === undefined) return refuse(session, validated, "modes set");
  checkEnvironments(validated, given.env);
  const { names, mode } = readWords(words);
  const services = findServices(matrix, names, given.env);
  const plans = planModes(matrix, { services, mode, environments: given.env, takeOver: given.takeOver === true });
  const taken = plans.filter(({ elsewhere }) => elsewhere.length > 0);
  if (taken.length > 0) return refuseTaken(session, taken, mode);
  const files = editFiles(tree, plans);
  const edited = validateMatrix(
    overlayTree(tree, new Map([...files].map(([file, { after }]) => [file, after]))),
    name,
    asOf,
  );
  if ("problem" in edited) throw new UsageError(edited.problem, edited.help);
  const worse = worsened(validated, edited);
  if (worse !== undefined) return refuse(session, worse, "modes set");
  if (given.dryRun !== true) for (const [file, { after }] of files) io.disk.overwrite(file, after);
  io.stdout.write(
    describeModes(plans, {
      mode,
      format: given.format ?? "text",
      quiet: session.quiet,
      lines:
        given.dryRun === true
          ? new Map([...files].map(([file, each]) => [file, changedLines(each.before, each.after)]))
          : undefined,
    }),
  );
  return exitCodes.clean.code;
}

/** @throws UsageError where the last word is no mode, or there is no service before it */
function readWords(words: readonly string[]): { readonly names: readonly string[]; readonly mode: Mode } {
  const last = words.at(-1) ?? "";
  const mode = modes.find((each) => each === last);
  if (mode === undefined) {
    const near = nearestName(last, modes);
    throw new UsageError(
      `the last word must be a mode, and "${last}" is none`,
      near === undefined ? `write ${enumerateWords(modes, "or")} after the services` : `did you mean "${near}"?`,
    );
  }
  if (words.length < 2)
    throw new UsageError("no service is named", `write it before the mode: matrix modes set NAME ${mode}`);
  return { names: words.slice(0, -1), mode };
}

/**
 * The services that names stand for, each once, by name.
 * @throws UsageError where a name is none of a service, or of a set that holds one
 */
function findServices(
  matrix: Matrix,
  names: readonly string[],
  environments: readonly string[] | undefined,
): readonly Declared<Service>[] {
  const found = new Map<string, Declared<Service>>();
  for (const name of names) {
    const declared = matrix.names.get(name);
    if (declared === undefined) throw unknownName(matrix, name);
    if (declared.section === "callers") throw new UsageError(`${name} is a caller`, "only services have a mode");
    const members = declared.section === "services" ? [name] : matrix.expand(name);
    const services = [...members].flatMap((member) => {
      const each = matrix.names.get(member);
      return each?.section === "services" ? [each] : [];
    });
    if (services.length === 0) throw new UsageError(`the set ${name} holds no service`, "only services have a mode");
    for (const service of services) found.set(service.key, service);
    const absent = declared.section === "services" ? absentIn(matrix, declared, environments) : undefined;
    if (absent !== undefined) throw new UsageError(`${name} is not in ${absent}`, "leave --env out, or name another");
  }
  // Of a set, those that are in one of the environments.
  return [...found.values()]
    .filter(
      ({ value }) =>
        environments === undefined || environmentsOf(matrix, value).some((each) => environments.includes(each)),
    )
    .sort((a, b) => compareText(a.key, b.key));
}

function unknownName({ names }: Matrix, name: string): UsageError {
  const candidates = [...names.values()].filter(({ section }) => section !== "callers").map(({ key }) => key);
  const near = nearestName(name, candidates);
  return new UsageError(
    `no service or set is called "${name}"`,
    near === undefined ? "matrix modes lists the services" : `did you mean "${near}"?`,
  );
}

function absentIn(
  matrix: Matrix,
  { value }: Declared<Service>,
  environments: readonly string[] | undefined,
): string | undefined {
  return environments?.find((each) => !environmentsOf(matrix, value).includes(each));
}

function refuseTaken({ io }: Session, plans: readonly ServicePlan[], mode: Mode): ExitCode {
  for (const { service, elsewhere } of plans) {
    io.stderr.write(
      `${escapeTerminal(`${service}: another Terraform state has ${enumerateWords(elsewhere, "and")}`)}\n`,
    );
  }
  io.stderr.write(
    `Two states that manage one row undo each other. Take it out of the other state first (matrix adopt --state prints how), then: matrix modes set … ${mode} --take-over\n`,
  );
  return exitCodes.findings.code;
}

interface Edited {
  readonly before: string;
  readonly after: string;
}

/** The files that change, with their text before and after. */
function editFiles(tree: FileTree, plans: readonly ServicePlan[]): ReadonlyMap<string, Edited> {
  const files = new Map<string, Edited>();
  for (const file of new Set(plans.flatMap((plan) => (plan.after === undefined ? [] : [plan.file])))) {
    const content = tree.read(file);
    if (content.problem !== undefined) throw new UsageError(content.problem, content.help);
    const before = Buffer.from(content.bytes).toString("utf8");
    const { file: parsed } = parseYaml(sourceText(file, before));
    const data = parsed?.data as { readonly services?: { readonly [key: string]: Data } } | undefined;
    const changed = plans.flatMap(({ service, file: at, after }) =>
      at === file && after !== undefined ? [[service, after] as const] : [],
    );
    const services = { ...data?.services, ...Object.fromEntries(changed) };
    files.set(file, { before, after: rewriteYaml(before, { ...data, services }) });
  }
  return files;
}
