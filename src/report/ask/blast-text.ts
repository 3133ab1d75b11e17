import type { BlastAnswer, BlastLine, Way } from "../../ask/answers.ts";
import { distanceOf } from "../../ask/blast-radius.ts";
import type { Step } from "../../ask/steps.ts";
import { briefPath } from "../../words/brief.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { describePath } from "../access/describe-path.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import type { AskFormatter } from "./ask-format.ts";
import { completenessLines, standsOn } from "./asked-words.ts";

/** For people: what is reachable, nearest first, sensitive first. */
export const blastText: AskFormatter<BlastAnswer> = (answer, { color, width, quiet, verbose }) => {
  const paint = painter(color);
  const { reached, groups, principals, workload, live } = answer;
  const distances = [...new Set(reached.map(distanceOf))];
  const lines = [
    paint("strong", escapeTerminal(headline(answer))),
    ...(quiet
      ? []
      : [
          escapeTerminal(`taken as ${enumerateWords(principals, "and")}${workload === null ? "" : `: ${workload}`}`),
          ...distances.flatMap((distance) => [
            "",
            paint("strong", distance === 1 ? "at once" : `after ${count(distance, "call")}`),
            ...reached
              .filter((line) => distanceOf(line) === distance)
              .flatMap((line) => lineLines(line, live !== null, paint)),
          ]),
          "",
        ]),
    ...(groups.length === 0
      ? []
      : [
          escapeTerminal(
            `groups: it may be a member of ${enumerateWords(groups, "or")}, which may call and whose members were not read`,
          ),
        ]),
    ...completenessLines(answer, paint, verbose),
  ];
  return (lines.at(-1) === "" ? lines.slice(0, -1) : lines)
    .flatMap((line) => wrapLine(line, width, line.startsWith(" ") ? 6 : 2))
    .map((line) => `${line}\n`)
    .join("");
};

function headline(answer: BlastAnswer): string {
  const { name, environment, reached } = answer;
  const sensitive = reached.filter((line) => line.sensitive).length;
  const number = reached.length === 0 ? "nothing" : count(reached.length, "service");
  const common = reached.filter(isCommon).length;
  const grave = `${sensitive === 0 ? "" : `, ${sensitive} of them sensitive`}${common === 0 ? "" : `, ${common} as everybody does`}`;
  return `${name === "internet" ? "everybody" : name} in ${environment}: reaches ${number}${grave}; ${standsOn(answer)}`;
}

function lineLines(line: BlastLine, isLive: boolean, paint: Paint): readonly string[] {
  const { callee, sensitive, declared, live } = line;
  const mark = sensitive ? ` ${paint("error", "(sensitive)")}` : "";
  const head = `  ${escapeTerminal(callee)}${mark}: ${standing(declared, live, isLive)}${isCommon(line) ? ", as everybody may" : ""}`;
  const way = live ?? declared;
  const path = way === null || way.path.length < 3 ? [] : [`    ${escapeTerminal(briefPath(way.path))}`];
  // What the way there rests on is told where that is reached itself.
  const grounds = (live?.steps ?? []).slice(-1).filter(({ how }) => how !== "call" || declared === null);
  return [head, ...path, ...grounds.map((step) => `    ${paint("faint", "|")} ${escapeTerminal(ground(step))}`)];
}

/** Whether the way begins as everybody's: the identity adds nothing to it. */
function isCommon({ declared, live }: BlastLine): boolean {
  return (live ?? declared)?.steps[0]?.how === "everybody";
}

function standing(declared: Way | null, live: Way | null, isLive: boolean): string {
  if (!isLive) return "declared";
  if (live === null) return "declared, and not live";
  const sure = live.verdict === "allowed" && !live.steps.some(({ how }) => how === "indirect") ? "" : ", perhaps";
  if (declared === null) return `live, and not declared${sure}`;
  if (declared.distance === live.distance) return `declared and live${sure}`;
  return `live${sure} at distance ${live.distance}, declared at ${declared.distance}`;
}

function ground({ hops, how, callee }: Step): string {
  if (hops.length === 0) return how === "everybody" ? `everybody may call ${callee}` : callee;
  return describePath({ hops });
}
