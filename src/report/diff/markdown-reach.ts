import type { DiffReport } from "../../diff/diff-report.ts";
import { count } from "../../words/enumerate-words.ts";
import type { Block } from "../markdown/fit-blocks.ts";
import { foldList } from "./fold-list.ts";
import { countingWords, type FoldedPair, saidWords, splitReach } from "./fold-reach.ts";
import { environmentWords } from "./in-environments.ts";
import { fixedBlock, hiddenBlock, type Rows, tableBlock } from "../markdown/markdown-blocks.ts";
import { pathWords } from "./path-words.ts";
import { sayMarkdown as say } from "./say.ts";

/** Pairs that stand open; the others can be unfolded. */
const SHOWN = 10;

/** Who reaches whom now, the internet first; then, folded away, the others and who no longer does. */
export function reachBlocks(report: DiffReport): readonly Block[] {
  const { reach } = report;
  const gains = splitReach(reach.gained, reach.gainedTotal, report);
  const losses = splitReach(reach.lost, reach.lostTotal, report);
  const [gained, lost] = [rowsOf(gains.beyond, report), rowsOf(losses.beyond, report)];
  if (gained.length + lost.length === 0) return [];
  const header = ["From", "To", "Path", ...(report.environments.length < 2 ? [] : ["Where"])];
  const words = [
    ...(gains.total === 0 ? [] : [`${count(gains.total, "new pair")}${saidWords(gains.said, gains.total)}`]),
    ...(losses.total === 0 ? [] : [`${count(losses.total, "pair")} no longer${saidWords(losses.said, losses.total)}`]),
  ].join("; ");
  const unlisted = gains.unlisted + losses.unlisted;
  const [shown, left] = foldList(gained, SHOWN, { verbose: false });
  return [
    fixedBlock([`### Who reaches whom: ${words}${countingWords(report, gains, losses)}`, ""]),
    ...tableBlock(null, header, shown, "pair"),
    ...hiddenBlock(count(left, "more pair"), header, gained.slice(shown.length), "pair"),
    ...hiddenBlock(`${count(lost.length, "pair")} no longer connected`, header, lost, "pair"),
    ...(unlisted === 0 ? [] : [fixedBlock([`${count(unlisted, "more pair")} only counted.`, ""])]),
  ];
}

function rowsOf(pairs: readonly FoldedPair[], report: DiffReport): Rows {
  return pairs.map((pair) => () => row(pair, report));
}

function row({ from, to, path, sensitive, environments }: FoldedPair, report: DiffReport): readonly string[] {
  return [
    say.name(from),
    `${say.name(to)}${sensitive ? " (sensitive)" : ""}`,
    pathWords(path, say, { verbose: false }),
    ...(report.environments.length < 2 ? [] : [environmentWords(environments, report, say)]),
  ];
}
