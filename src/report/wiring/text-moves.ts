import type { Run, WiredCaller, WiringReport } from "../../wiring/wiring-report.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";

interface Group {
  readonly title: string;
  readonly style: "error" | "warning" | "strong" | "good";
  readonly lines: readonly string[];
}

/** Who is on the way from one account to another: what has to be deployed, what is wrong, what is done. */
export function textMoves(report: WiringReport, paint: Paint, quiet: boolean): readonly string[] {
  const groups = (report.snapshot === null ? byMatrix(report) : byStanding(report)).filter(
    ({ lines }) => lines.length > 0,
  );
  const shared = sharing(report);
  const seen = report.snapshot === null ? "by the matrix alone" : `snapshot of ${report.snapshot.finishedAt}`;
  const summary = groups.map(({ title, lines }) => `${lines.length} ${title}`).join(", ");
  const head = `${report.environment}: ${summary === "" ? "no service is moving" : summary} (${seen})`;
  return [
    paint("strong", escapeTerminal(head)),
    ...(quiet
      ? []
      : groups.flatMap(({ title, style, lines }) => [
          "",
          paint(style, title),
          ...lines.map((line) => `  ${escapeTerminal(line)}`),
        ])),
    ...(quiet || shared.length === 0 ? [] : ["", ...shared.map(escapeTerminal)]),
  ];
}

function byMatrix({ callers }: WiringReport): readonly Group[] {
  const lines = callers.flatMap(({ key, account, previousAccounts }) =>
    previousAccounts.map(
      ({ email, until, isOver }) =>
        `${key}: ${email} ${isOver ? "until" : "may call until"} ${until}, then ${account?.email}`,
    ),
  );
  return [{ title: "moving", style: "strong", lines }];
}

function byStanding({ callers }: WiringReport): readonly Group[] {
  const linesOf = (standing: Run["standing"], say: (run: Run, caller: WiredCaller) => string): readonly string[] =>
    callers.flatMap((caller) => caller.runs.filter((run) => run.standing === standing).map((run) => say(run, caller)));
  const as = ({ account }: Run): string => account ?? "an account that was not read";
  return [
    {
      title: "over, and not moved",
      style: "error",
      lines: linesOf(
        "over",
        (run, { key, account }) =>
          `${key} in ${run.region}: ${as(run)} was to go by ${run.until}; deploy it as ${account?.email}`,
      ),
    },
    {
      title: "not as the matrix says",
      style: "error",
      lines: linesOf(
        "other",
        (run, { key, account }) => `${key} in ${run.region}: ${as(run)}, and the matrix says ${account?.email}`,
      ),
    },
    {
      title: "to move",
      style: "warning",
      lines: linesOf(
        "previous",
        (run, { key, account }) => `${key} in ${run.region}: ${as(run)} until ${run.until}, then ${account?.email}`,
      ),
    },
    {
      title: "moved",
      style: "good",
      lines: linesOf(
        "declared",
        (run, { key, previousAccounts }) => `${key} in ${run.region}: ${as(run)}; ${oldOnes(previousAccounts)}`,
      ),
    },
    { title: "not deployed", style: "strong", lines: linesOf("absent", (run, { key }) => `${key} in ${run.region}`) },
    { title: "not read", style: "error", lines: linesOf("unread", (run, { key }) => `${key} in ${run.region}`) },
  ];
}

function oldOnes(accounts: WiredCaller["previousAccounts"]): string {
  const open = accounts
    .filter(({ isOver }) => !isOver)
    .map(({ email, until }) => `${email} may still call until ${until}`);
  return open.length === 0 ? "its previous accounts are over" : open.join(", ");
}

/** Accounts that services leave and others stay on: until the date these may call what the movers may. */
function sharing({ callers }: WiringReport): readonly string[] {
  const staying = new Map(
    callers.flatMap(({ previousAccounts }) =>
      previousAccounts.flatMap(({ email, sharedWith, isOver }) =>
        sharedWith.length === 0 || isOver ? [] : [[email, sharedWith] as const],
      ),
    ),
  );
  return [...staying].map(([email, names]) => {
    const who =
      names.length === 1 ? "1 service that is not moving runs" : `${names.length} services that are not moving run`;
    return `${who} as ${email} too: ${enumerateWords(names, "and")}`;
  });
}
