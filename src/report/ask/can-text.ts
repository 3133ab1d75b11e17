import type { Reason } from "../../access/judged.ts";
import type { CanAnswer, LiveAnswer } from "../../ask/answers.ts";
import type { OutsideAnswer } from "../../ask/outside/outside-answer.ts";
import { briefPath } from "../../words/brief.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { describePath } from "../access/describe-path.ts";
import { describeUnread } from "../access/describe-unread.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { paint as painter, type Style } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import type { AskFormatter } from "./ask-format.ts";
import { completenessLines, standsOn } from "./asked-words.ts";
import { edgeWords } from "./edge-words.ts";
import { outsideLine, outsideReason } from "../access/outside-line.ts";
import { otherAccountLine } from "../access/other-account-line.ts";

/** For people: one line that answers, and what it rests on. */
export const canText: AskFormatter<CanAnswer> = (answer, { color, width, quiet, verbose }) => {
  const paint = painter(color);
  const sentence = paint(styles[answer.answer], escapeTerminal(canSentence(answer)));
  const lines = quiet
    ? [sentence]
    : [
        sentence,
        ...evidence(answer).map((line) => `  ${escapeTerminal(line)}`),
        ...completenessLines(answer, paint, verbose),
      ];
  return lines
    .flatMap((line) => wrapLine(line, width, line.startsWith(" ") ? 4 : 2))
    .map((line) => `${line}\n`)
    .join("");
};

const styles = { yes: "good", no: "strong", conditional: "warning", unknown: "error" } as const satisfies Readonly<
  Record<CanAnswer["answer"], Style>
>;

/** The answer in one sentence. To be escaped. */
export function canSentence(answer: CanAnswer): string {
  const { caller, callee, environment, reality, transitive } = answer;
  const pair = `${isSignedIn(answer) ? "whoever is signed in to Google" : nameOf(caller)} %s ${callee} in ${environment}`;
  const through = transitive ? ", itself or through others" : "";
  const outside = isOutside(answer) ? outsideReason(answer.outside) : null;
  const say = (verb: string): string => `${pair.replace("%s", () => verb)}${through}`;
  return {
    yes: () => `yes: ${say("may call")}, ${standsOn(answer)}`,
    no: () => `no: ${say("may not call")}${outside === null ? "" : `: ${outside}`}, ${standsOn(answer)}`,
    conditional: () =>
      `perhaps: ${say("may perhaps call")} (${outside ?? (reality === null ? whys.condition : whyUnsure(reality))}), ${standsOn(answer)}`,
    unknown: () => `unknown: whether ${say("may call")}: ${outside ?? whyUnknown(answer)}`,
  }[answer.answer]();
}

/** Whether it hangs on what comes before its account, which may call more surely. */
function isOutside(of: CanAnswer): of is CanAnswer & { readonly outside: OutsideAnswer } {
  return of.reality !== null && of.outside !== null && of.answer !== of.reality.answer;
}

/** Of everybody, only those that Google knows. */
function isSignedIn({ caller, reality }: Pick<CanAnswer, "caller" | "reality">): boolean {
  return caller === "internet" && reality?.steps[0]?.hops[0]?.member === "allAuthenticatedUsers";
}

function nameOf(caller: string): string {
  return caller === "internet" ? "everybody" : caller;
}

const whys = {
  "iap-agent": "Identity-Aware Proxy stands before it, whose own agent may not call it",
  iap: "Identity-Aware Proxy stands before it, and does not surely let it pass",
  deny: "a deny policy may stop it",
  condition: "its grant has a condition",
  set: "it may be in a set that may call",
  indirect: "by taking on another identity, or changing a policy",
  unread: "a grant on its way could not be judged",
  "load-balancer": "who may pass Identity-Aware Proxy on its load balancer is in no snapshot",
} as const satisfies Readonly<Record<Reason, string>>;

function whyUnsure({ steps, reasons, path }: LiveAnswer): string {
  if (steps.some(({ how }) => how === "indirect")) return whys.indirect;
  const [condition] = steps.flatMap(({ hops }) => hops.flatMap((hop) => hop.condition ?? []));
  const [reason] = path.length > 2 ? [] : reasons;
  if (condition !== undefined && (reason === undefined || reason === "condition")) return `condition ${condition}`;
  return reason === undefined ? "a deny policy or a setting in front of it may stop it" : whys[reason];
}

function whyUnknown({ reality, doubts }: CanAnswer): string {
  const groups = reality?.groups ?? [];
  if (groups.length > 0) {
    const isRead = groups.some((group) => /^(domain|project[A-Z]|principalSet)/.test(group));
    return `it may be ${isRead ? "in" : "a member of"} ${enumerateWords(groups, "or")}, ${isRead ? "and whether it is was not read" : "whose members were not read (read with --groups)"}`;
  }
  if (reality?.reasons.includes("load-balancer") === true) return whys["load-balancer"];
  const [first] = doubts;
  return first === undefined ? whys.unread : `${describeUnread(first)}, was not read`;
}

/** What the regions say where they differ, or where it is not there. */
function regionLines({ answer, regions }: LiveAnswer): readonly string[] {
  const differing = regions.filter(({ state, verdict }) => state !== "present" || answers[verdict] !== answer);
  return differing.map(({ region, state, verdict }) =>
    state === "present" ? `live: in ${region} it ${verbs[verdict]}` : `live: in ${region} it ${states[state]}`,
  );
}

const answers = { allowed: "yes", conditional: "conditional", unknown: "unknown", denied: "no", no: "no" } as const;
const verbs = {
  allowed: "may call it",
  conditional: "may perhaps call it",
  unknown: "may call it or not: that could not be judged",
  denied: "may not call it: a deny policy",
  no: "may not call it",
} as const;
const states = { absent: "is not deployed", unread: "was not read" } as const;

function evidence({ declared, reality, caller, callee, outside }: CanAnswer): readonly string[] {
  const path = (names: readonly string[]): string => briefPath(names.map(nameOf));
  const isElsewhere = declared.path.length > 2;
  return [
    ...(isElsewhere ? [`declared: ${path(declared.path)}`] : []),
    ...declared.edges.map((edge) => `declared: ${edgeWords(edge)}`),
    ...(declared.everybody ? [`declared: everybody may call ${callee}`] : []),
    ...(declared.answer === "no" && declared.edges.length === 0
      ? [`declared: no edge lets ${nameOf(caller)} call ${callee}`]
      : []),
    ...(outside === null ? [] : [outsideLine(outside)]),
    ...(reality?.as == null || reality.path.length > 2 ? [] : [`live: ${otherAccountLine(reality.as)}`]),
    ...(reality === null || reality.path.length < 3 ? [] : [`live: ${path(reality.path)}`]),
    ...(reality?.steps ?? []).flatMap(({ hops }) => (hops.length === 0 ? [] : [`live: ${describePath({ hops })}`])),
    ...(reality !== null && reality.answer === "no" ? [`live: ${refusal(reality)}`] : []),
    ...(reality === null || reality.path.length > 2 ? [] : regionLines(reality)),
  ];
}

function refusal({ regions }: LiveAnswer): string {
  const isDenied = regions.some(({ verdict }) => verdict === "denied");
  return isDenied ? "a deny policy stops it" : "no grant lets it";
}
