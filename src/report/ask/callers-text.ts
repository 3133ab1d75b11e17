import type { CallerLine, CallersAnswer } from "../../ask/answers.ts";
import { briefPath } from "../../words/brief.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { describePath } from "../access/describe-path.ts";
import { outsideLine } from "../access/outside-line.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import type { AskFormatOptions, AskFormatter } from "./ask-format.ts";
import { completenessLines, standsOn } from "./asked-words.ts";
import { edgeWords } from "./edge-words.ts";
import { statesInOrder, stateWords, tallyStates } from "./state-words.ts";

/** For people: who can call, by how it stands to the matrix, and whether all was read. */
export const callersText: AskFormatter<readonly CallersAnswer[]> = (answers, options) => {
  const paint = painter(options.color);
  return answers
    .map((answer) => answerLines(answer, options, paint))
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]))
    .flatMap((line) => wrapLine(line, options.width, hangOf(line)))
    .map((line) => `${line}\n`)
    .join("");
};

function hangOf(line: string): number {
  return (/^ */.exec(line)?.[0].length ?? 0) + 2;
}

function answerLines(answer: CallersAnswer, options: AskFormatOptions, paint: Paint): readonly string[] {
  const { callers, history } = answer;
  const title = paint("strong", escapeTerminal(headline(answer)));
  const ending = completenessLines(answer, paint, options.verbose);
  if (options.quiet) return [title, ...ending];
  const direct = callers.filter(({ distance }) => distance === 1);
  const sections = statesInOrder.flatMap((state) => {
    const here = direct.filter((line) => line.state === state);
    if (here.length === 0) return [];
    const label = paint(
      state === "undeclared" || state === "missing" || state === "beyond" ? "error" : "strong",
      stateWords[state].title,
    );
    if (state === "managed" && !options.verbose)
      return ["", paint("faint", `${stateWords.managed.title}: ${here.length}; -v lists all`)];
    return ["", label, ...here.flatMap((line) => callerLines(line, paint))];
  });
  return [
    title,
    ...sections,
    ...furtherLines(answer, paint),
    ...(history === null ? [] : ["", `history: ${escapeTerminal(history)}`]),
    ...(ending.length === 0 ? [] : ["", ...ending]),
  ];
}

function headline(answer: CallersAnswer): string {
  const { service, callers, environment, transitive } = answer;
  const about = [
    ...(service.kind === "service" ? [] : [service.kind]),
    ...(service.sensitive ? ["sensitive"] : []),
    ...(service.key === null ? ["not in the matrix"] : []),
    ...(service.undeclaredRegions.length === 0
      ? []
      : [`runs in ${enumerateWords(service.undeclaredRegions, "and")} as well, where the matrix does not have it`]),
    ...(service.stage === null || service.stage === "live" ? [] : [service.stage]),
  ];
  const note = about.length === 0 ? "" : ` (${about.join(", ")})`;
  const states = callers.filter(({ distance }) => distance === 1).map(({ state }) => state);
  const further = callers.length - states.length;
  const others = transitive ? `; ${count(further, "more", "more")} through others` : "";
  return `${service.id}${note} in ${environment}: ${tallyStates(states, "nobody may call it")}${others}; ${standsOn(answer)}`;
}

function callerLines(line: CallerLine, paint: Paint): readonly string[] {
  const { edges, ways, state, since } = line;
  const isTold = state === "agreed" || state === "public" || state === "managed";
  return [
    `  ${who(line)}${certainty(line)}`,
    ...whoseLines(line),
    ...edges.map((edge) => `    ${escapeTerminal(edgeWords(edge, edge.holds === "yes" ? since : null))}`),
    // Of what is as declared, the grant is the row's own.
    ...(isTold ? [] : ways.map((hops) => `    ${paint("faint", "|")} ${escapeTerminal(describePath({ hops }))}`)),
  ];
}

/** What calls as its account: of those from outside, and whether they can. */
function whoseLines({ workload, outside }: CallerLine): readonly string[] {
  const line = outside === null ? workload : outsideLine(outside);
  return line === null ? [] : [`    ${escapeTerminal(line)}`];
}

function who({ caller, kind, principal }: CallerLine): string {
  if (kind === "internet") return "everybody";
  return escapeTerminal(caller === principal ? caller : `${caller} (${principal})`);
}

function certainty({ state, verdict, as, sets }: CallerLine): string {
  if (as !== null) return escapeTerminal(`, but may call as ${as}, which it runs as`);
  if (state === "expired" && verdict === "allowed") return ", and may call all the same, as one of many";
  if (state === "expired" && (verdict === "conditional" || verdict === "unknown"))
    return `, and may perhaps call (${verdict})`;
  if (state === "missing" && verdict === "unknown" && sets.length > 0)
    return escapeTerminal(`, and may perhaps call as one of ${enumerateWords(sets, "or")}`);
  if (state === "missing" && verdict === "allowed") return ", which may call in some places, or as a previous account";
  return state === "unsure" && verdict !== null ? ` (${verdict})` : "";
}

/** Callers of callers, by distance. */
function furtherLines({ callers }: CallersAnswer, paint: Paint): readonly string[] {
  const further = callers.filter(({ distance }) => distance > 1);
  const distances = [...new Set(further.map(({ distance }) => distance))];
  return distances.flatMap((distance) => [
    "",
    paint("strong", `through ${count(distance - 1, "other")}`),
    ...further
      .filter((line) => line.distance === distance)
      .map(
        (line) => `  ${escapeTerminal(briefPath(line.path.map((name) => (name === "internet" ? "everybody" : name))))}`,
      ),
  ]);
}
