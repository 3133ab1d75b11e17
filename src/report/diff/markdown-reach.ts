import type { DiffReport } from "../../diff/diff-report.ts";
import { count } from "../../words/enumerate-words.ts";
import type { Block } from "./fit-blocks.ts";
import { foldList } from "./fold-list.ts";
import { type FoldedPair, saidWords, splitReach } from "./fold-reach.ts";
import { environmentWords } from "./in-environments.ts";
import { hiddenBlock, type Rows, tableBlock } from "./markdown-blocks.ts";
import { pathWords } from "./path-words.ts";
import { sayMarkdown as say } from "./say.ts";

/** Pairs that stand open; the others can be unfolded. */
const SHOWN = 10;

/** Who reaches whom now, the internet first; then, folded away, the others and who no longer does. */
export function reachBlocks(report: DiffReport): readonly Block[] {
  const { gainedTotal, lostTotal } = report.reach;
  const { beyond, said } = splitReach(report.reach.gained, report);
  const gained = rowsOf(beyond, report);
  const lost = rowsOf(splitReach(report.reach.lost, report).beyond, report);
  const header = ["From", "To", "Path", ...(report.environments.length < 2 ? [] : ["Where"])];
  const lostWords = lostTotal === 0 ? "" : `, ${count(lostTotal, "pair")} no longer`;
  const heading = `### Who reaches whom: ${count(gainedTotal, "new pair")}${saidWords(said, gainedTotal)}${lostWords}`;
  const [shown, left] = foldList(gained, SHOWN, { verbose: false });
  return [
    ...tableBlock(heading, header, shown, "pair"),
    ...hiddenBlock(count(left, "more pair"), header, gained.slice(shown.length), "pair"),
    ...hiddenBlock(
      `${count(lost.length, "pair")} no longer connected, beyond what the changes say`,
      header,
      lost,
      "pair",
    ),
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
