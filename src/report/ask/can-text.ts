import type { CanAnswer } from "../../ask/answers.ts";
import type { Step } from "../../ask/steps.ts";
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
  const pair = `${nameOf(caller)} %s ${callee} in ${environment}`;
  const through = transitive ? ", itself or through others" : "";
  const say = (verb: string): string => `${pair.replace("%s", () => verb)}${through}`;
  return {
    yes: () => `yes: ${say("may call")}, ${standsOn(answer)}`,
    no: () => `no: ${say("may not call")}, ${standsOn(answer)}`,
    conditional: () => `perhaps: ${say("may perhaps call")} (${whyUnsure(reality?.steps ?? [])}), ${standsOn(answer)}`,
    unknown: () => `unknown: whether ${say("may call")}: ${whyUnknown(answer)}`,
  }[answer.answer]();
}

function nameOf(caller: string): string {
  return caller === "internet" ? "everybody" : caller;
}

function whyUnsure(steps: readonly Step[]): string {
  if (steps.some(({ how }) => how === "indirect")) return "by taking on another identity, or changing a policy";
  const conditions = steps.flatMap(({ hops }) => hops.flatMap(({ condition }) => condition ?? []));
  const [condition] = conditions;
  return condition === undefined ? "a deny policy or a setting in front of it may stop it" : `condition ${condition}`;
}

function whyUnknown({ reality, doubts }: CanAnswer): string {
  const groups = reality?.groups ?? [];
  if (groups.length > 0)
    return `it may be a member of ${enumerateWords(groups, "or")}, whose members were not read (read with --groups)`;
  const [first] = doubts;
  return first === undefined ? "a grant on its way could not be judged" : `${describeUnread(first)}, was not read`;
}

function evidence({ declared, reality, caller, callee }: CanAnswer): readonly string[] {
  const path = (names: readonly string[]): string => briefPath(names.map(nameOf));
  const isElsewhere = declared.path.length > 2;
  return [
    ...(isElsewhere ? [`declared: ${path(declared.path)}`] : []),
    ...declared.edges.map((edge) => `declared: ${edgeWords(edge)}`),
    ...(declared.everybody ? [`declared: everybody may call ${callee}`] : []),
    ...(declared.answer === "no" && declared.edges.length === 0
      ? [`declared: no edge lets ${nameOf(caller)} call ${callee}`]
      : []),
    ...(reality === null || reality.path.length < 3 ? [] : [`live: ${path(reality.path)}`]),
    ...(reality?.steps ?? []).flatMap(({ hops }) => (hops.length === 0 ? [] : [`live: ${describePath({ hops })}`])),
    ...(reality !== null && reality.answer === "no" ? ["live: no grant lets it"] : []),
  ];
}
