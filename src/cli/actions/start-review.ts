import type { MatrixHistory } from "../../history/matrix-history.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import { type ReviewFormatName, reviewFormatNames } from "../../report/access-review/format-names.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { nearestName } from "../../words/nearest-name.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { compareAsked, readAsked, type WorldOptions } from "../read-asked.ts";
import { readHistory } from "../read-history.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given extends WorldOptions {
  readonly format?: ReviewFormatName;
  readonly out?: string;
  readonly owner?: string;
  readonly maxAge: number;
  /** Whether the format is more than the default: else the name of the file says it. */
  readonly isFormatGiven: boolean;
}

const endings: Readonly<Record<string, ReviewFormatName>> = { md: "markdown", csv: "csv", json: "json" };

/** `matrix review start`: what there is to review, by owner, with what changed since the last time. */
export async function startReview(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const { format, isFormatGiven, out } = given;
  if (out !== undefined && io.disk.isFolder(out)) throw new UsageError(`${out} is a folder`, "name the file to write");
  const asked = await readAsked(session, "review", file, given, "all");
  if (typeof asked === "number") return asked;
  const { matrix, validated, snapshot, worlds } = asked;
  checkOwner(matrix, given.owner);
  const { askLive, buildGrid, buildReview, reviewFormats } = await import("../../access-review/review.ts");
  const { name, locate } = validated;
  const [world] = worlds;
  const drift = world === undefined ? null : await compareAsked(asked, world, false);
  const report = buildReview({
    matrix,
    name,
    locate,
    environment: worlds.length === 1 ? world?.environment.name : undefined,
    owner: given.owner,
    maxAge: given.maxAge,
    history: historyOf(io, file),
    live:
      drift === null || snapshot === null || world === undefined
        ? null
        : {
            grid: buildGrid({ matrix, name, world, locate, ...askLive(drift, world, snapshot) }),
            snapshot,
            note: drift.snapshot,
          },
  });
  const toFile = out !== undefined && out !== "-";
  const text = reviewFormats[isFormatGiven && format !== undefined ? format : formatOf(out)](report, {
    color: color.stdout && !toFile,
    width: toFile ? Number.POSITIVE_INFINITY : io.stdout.width,
    quiet,
    verbose,
    version,
  });
  if (toFile) io.disk.write(out, text);
  else io.stdout.write(text);
  if (toFile && !quiet) io.stderr.write(`wrote ${escapeTerminal(out)}\n`);
  return report.live?.complete === false ? exitCodes.incomplete.code : exitCodes.clean.code;
}

/** @throws UsageError where nobody of that name owns anything */
export function checkOwner(
  { owners, names, document, inherited, exceptions }: Matrix,
  wanted: string | undefined,
): void {
  if (wanted === undefined) return;
  const known = new Set([
    ...(owners?.keys() ?? []),
    ...[...names.values()].flatMap((each) => (each.section === "services" ? (each.value.owner ?? []) : [])),
    ...(document.defaults?.owner === undefined ? [] : [document.defaults.owner]),
    ...inherited.flatMap(({ value }) => value.owner ?? []),
    ...exceptions.map(({ value }) => value.owner),
  ]);
  if (known.has(wanted)) return;
  const near = nearestName(wanted, known);
  throw new UsageError(
    `no owner is called "${wanted}"`,
    near === undefined ? `there are ${enumerateWords([...known].sort(), "and") || "none"}` : `did you mean "${near}"?`,
  );
}

/** The history, or why there is none. */
export function historyOf(io: Io, file: string | undefined): MatrixHistory | string {
  const history = readHistory(io, file);
  return "problem" in history ? history.problem : history;
}

function formatOf(out: string | undefined): ReviewFormatName {
  return endings[/\.([a-z]+)$/.exec(out ?? "")?.[1] ?? ""] ?? reviewFormatNames[0];
}
