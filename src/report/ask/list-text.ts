import type { ListAnswer } from "../../ask/answers.ts";
import type { GridCell } from "../../ask/grid.ts";
import { briefPath } from "../../words/brief.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { groupBy } from "../../words/group-by.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import { mainEdge } from "./asked-json.ts";
import type { AskFormatOptions, AskFormatter } from "./ask-format.ts";
import { completenessLines, standsOn } from "./asked-words.ts";
import { stateWords, tallyStates } from "./state-words.ts";

/** For people: each service with its callers, a line each. */
export const listText: AskFormatter<readonly ListAnswer[]> = (answers, options) => {
  const paint = painter(options.color);
  return answers
    .map((answer) => answerLines(answer, options, paint))
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]))
    .flatMap((line) => wrapLine(line, options.width, line.startsWith(" ") ? 4 : 2))
    .map((line) => `${line}\n`)
    .join("");
};

function answerLines(answer: ListAnswer, { quiet, verbose }: AskFormatOptions, paint: Paint): readonly string[] {
  const { grid, cells, managed, through } = answer;
  const states = cells.map(({ state }) => state).filter((state) => state !== "public");
  const open = cells.length - states.length;
  const tally = `${tallyStates(states, "no caller")}${open === 0 ? "" : `, ${open} open to everybody`}`;
  const title = `${grid.environment}: ${count(grid.callees.length, "service")}: ${tally}; ${standsOn(answer)}`;
  const ending = completenessLines(answer, paint, verbose);
  const head = paint("strong", escapeTerminal(title));
  if (quiet) return [head, ...ending];
  const byCallee = groupBy(cells, ({ callee }) => callee);
  const callees = grid.callees.map(({ id, sensitive, undeclaredRegions }) => {
    const also = enumerateWords(undeclaredRegions, "and");
    const notes = [...(sensitive ? ["sensitive"] : []), ...(also === "" ? [] : [`not declared in ${also}`])];
    const mark = notes.length === 0 ? "" : ` (${escapeTerminal(notes.join(", "))})`;
    return [
      "",
      `${paint("strong", escapeTerminal(id))}${mark}`,
      ...(byCallee.get(id) ?? []).map((cell) => cellLine(cell, paint)),
      ...(byCallee.has(id) ? [] : [paint("faint", "  nobody")]),
    ];
  });
  return [
    head,
    ...callees.flat(),
    ...(through === null || through.listed.length === 0
      ? []
      : [
          "",
          paint("strong", "through others"),
          ...through.listed.map(({ path }) => `  ${escapeTerminal(pathWords(path))}`),
          ...(through.isWhole ? [] : [`  and more: only the first ${through.listed.length} are listed`]),
        ]),
    ...(managed === 0
      ? []
      : ["", paint("faint", `left out: ${count(managed, "caller")} that are agents of Google; --all lists them`)]),
    ...(ending.length === 0 ? [] : ["", ...ending]),
  ];
}

/** Of other states the word says it. */
function isVerdictTold(state: GridCell["state"]): boolean {
  return state === "unsure" || state === "expired";
}

function pathWords(path: readonly string[]): string {
  return briefPath(path.map((name) => (name === "internet" ? "everybody" : name)));
}

function cellLine({ caller, state, edges, verdict, as }: GridCell, paint: Paint): string {
  const reason = mainEdge(edges)?.reason;
  const isPlain = state === "declared" || state === "agreed";
  const label = isPlain
    ? ""
    : ` [${stateWords[state].tally}${isVerdictTold(state) && verdict !== null && verdict !== "no" && verdict !== "denied" ? `: ${verdict}` : ""}${
        as === null ? "" : `, but may call as ${escapeTerminal(as)}`
      }]`;
  const word =
    state === "undeclared" || state === "missing" || state === "beyond" ? paint("error", label) : paint("faint", label);
  const who = escapeTerminal(caller === "internet" ? "everybody" : caller);
  return `  <- ${who}${label === "" ? "" : word}${reason == null ? "" : `: ${escapeTerminal(reason)}`}`;
}
