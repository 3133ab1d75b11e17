import type { Call, Endpoint, OldAccount, Run, WiredCaller, WiringReport } from "../../wiring/wiring-report.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { outsideFacts, settingFacts } from "./text-outside.ts";
import { textMoves } from "./text-moves.ts";
import { letInLine, obstacles, readiness } from "./text-ready.ts";
import type { WiringFormatter } from "./wiring-format.ts";

/** For people: who the caller is, whom it may call and how, and what does not work yet. */
export const text: WiringFormatter = (report, { color, quiet }) => {
  const paint = painter(color);
  const lines = report.callers.some(({ calls }) => calls !== null)
    ? report.callers.flatMap((caller) => callerLines(caller, report, paint, quiet))
    : textMoves(report, paint, quiet);
  return lines.map((line) => `${line}\n`).join("");
};

function callerLines(caller: WiredCaller, report: WiringReport, paint: Paint, quiet: boolean): readonly string[] {
  const { key, kind, calls, leftOut } = caller;
  const seen = report.snapshot === null ? "by the matrix alone" : `with the snapshot of ${report.snapshot.finishedAt}`;
  const title = `${key} in ${report.environment} (${kind}), as of ${report.asOf}, ${seen}`;
  return [
    paint("strong", escapeTerminal(title)),
    ...(quiet
      ? quietLines(caller)
      : [
          ...factLines(factsOf(caller, report.repeat), 2),
          ...(calls ?? []).flatMap((call) => ["", ...callLines(call, paint)]),
        ]),
    ...(leftOut.length === 0 || quiet ? [] : [""]),
    ...leftOut.map(({ callee, why, expires }) => {
      const reason = why === "expired" ? `expired on ${expires}` : why;
      return paint("faint", escapeTerminal(`left out: ${key} -> ${callee} (${reason})`));
    }),
    ...(calls?.length === 0 && leftOut.length === 0 ? ["", escapeTerminal(`no edge lets ${key} call anything`)] : []),
  ];
}

/** What is not as it should be, and how much is. */
function quietLines(caller: WiredCaller): readonly string[] {
  const target = caller.account?.email ?? "";
  const ready = readiness(caller);
  const { account } = caller;
  const isShut = account?.live === "disabled" || account?.live === "missing";
  const facts: readonly Fact[] = [
    ...(isShut && ready === undefined ? [["calls as", `${account.email}${accountNote(caller)}`] satisfies Fact] : []),
    ...caller.runs.filter(({ standing }) => standing !== "declared").map((run): Fact => ["runs", runLine(run, target)]),
    ...(ready === undefined ? [] : [["ready", ready] satisfies Fact]),
    ...obstacles(caller).map((each): Fact => ["shut", each]),
  ];
  return facts.length === 0 ? [] : factLines(facts, 2);
}

function factsOf(caller: WiredCaller, repeat: readonly string[]): readonly Fact[] {
  const { account, principal, token, runs, previousAccounts, calls, description } = caller;
  const target = account?.email ?? "";
  const ready = readiness(caller);
  return [
    ...(description === null || description === account?.email || principal.endsWith(`:${description}`)
      ? []
      : [["is", description] satisfies Fact]),
    ["calls as", account === null ? principal : `${account.email}${accountNote(caller)}`],
    ...previousAccounts.map((each): Fact => ["before", oldAccount(each)]),
    ...runs.map((run): Fact => ["runs", runLine(run, target)]),
    ...(ready === undefined ? [] : [["ready", ready] satisfies Fact]),
    ["token", `${token.way}: ${token.how}`],
    ...(token.way !== "setting" && (calls ?? []).some(({ credential }) => credential === "id-token")
      ? [
          [
            "header",
            "Authorization: Bearer TOKEN; or X-Serverless-Authorization, beside an Authorization of your own",
          ] satisfies Fact,
        ]
      : []),
    ...outsideFacts(caller, repeat),
  ];
}

type Fact = readonly [name: string, saying: string];

/** Facts with their names in one column. */
function factLines(facts: readonly Fact[], indent: number): readonly string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, saying]) => `${" ".repeat(indent)}${name.padEnd(width)}  ${escapeTerminal(saying)}`);
}

function accountNote({ account, runs }: WiredCaller): string {
  if (account?.live === "missing") return ", which does not exist yet: apply what matrix synth writes first";
  if (account?.live === "disabled") return ", which is disabled";
  if (account?.live === "unread") return ", which was not read";
  return runs.some(({ standing }) => standing === "previous" || standing === "over" || standing === "other")
    ? ", once it is deployed with it"
    : "";
}

function oldAccount({ email, until, isOver, sharedWith }: OldAccount): string {
  const when = isOver ? `${email}, until ${until}: over, no row holds it` : `${email}, which may call until ${until}`;
  const [first, ...others] = sharedWith;
  if (first === undefined) return when;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${when}; ${first}${more} run${others.length === 0 ? "s" : ""} as it too, not moving`;
}

/** Where a service runs, and as what. */
function runLine({ region, account, standing, until }: Run, target: string): string {
  const as = account ?? "an account that was not read";
  return {
    declared: `${region} as ${as}`,
    previous: `${region} as ${as}, its previous account: deploy it as ${target} before ${until} is over`,
    over: `${region} as ${as}, its previous account, whose time ended (${until}): deploy it as ${target}`,
    other: `${region} as ${as}, and the matrix says ${target}`,
    absent: `${region}: not deployed`,
    unread: `${region}: not read`,
  }[standing];
}

function callLines(call: Call, paint: Paint): readonly string[] {
  const { callee, kind, role, through, expires, reason, endpoints, notes } = call;
  const about = [
    ...(kind === "service" ? [] : [kind]),
    role,
    ...(through === null ? [] : ["through Identity-Aware Proxy"]),
    ...(expires === null ? [] : [`until ${expires}`]),
  ].join(", ");
  const why = reason === null ? "" : `: ${reason}`;
  return [
    `${paint("strong", escapeTerminal(`-> ${callee}`))} ${escapeTerminal(`(${about})${why}`)}`,
    ...notes.map((note) => `  ${escapeTerminal(note)}`),
    ...endpoints.flatMap((each) => [
      `  ${each.region}  ${escapeTerminal(each.url ?? "no URL")}`,
      ...endpointLines(each, call),
    ]),
  ];
}

function endpointLines(each: Endpoint, call: Call): readonly string[] {
  const facts: readonly Fact[] = [
    ...(each.audience === null ? [] : [["audience", audienceOf(each)] satisfies Fact]),
    ...(each.command === null ? [] : [["token", each.command] satisfies Fact]),
    ...each.settings.flatMap(settingFacts),
    ...each.letsIn.map((letIn): Fact => ["lets in", letInLine(letIn, call)]),
    ...(each.live === "absent" ? [["live", "not deployed here when the snapshot was read"] satisfies Fact] : []),
    ...(each.live === "unread" ? [["live", "what runs here was not read"] satisfies Fact] : []),
    ...each.notes.map((note): Fact => ["note", note]),
  ];
  return facts.length === 0 ? [] : factLines(facts, 4);
}

function audienceOf({ audience, url, audiences, source }: Endpoint): string {
  const more = audiences.length === 0 ? "" : `; or, as set on it: ${audiences.join(" ")}`;
  const what = audience === url ? "the URL" : audience;
  return `${what}, ${source === "snapshot" ? "as read" : "by the matrix"}${more}`;
}
