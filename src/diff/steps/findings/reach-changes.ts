import { briefList } from "../../../words/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { count } from "../../../words/enumerate-words.ts";
import type { ReachPair } from "../../diff-report.ts";
import type { DiffDraft, FindingStep, Judging } from "../finding-step.ts";

/** One for all: each pair stands in the report's reach. */
export const reachGained: FindingStep = function* (judging) {
  const { reach, along } = judging;
  const facts = reach.gained.flatMap(({ path, environment }) => along(path, environment));
  yield* summary(
    reach.gained,
    reach.gainedTotal,
    facts,
    (pairs) => `${pairs} newly connected, straight or through others`,
  );
};

export const reachLost: FindingStep = function* ({ reach, of }) {
  const facts = of("edge-removed", "public-removed", "expiry-changed", "stage-changed").filter(
    ({ impact }) => impact === "narrows",
  );
  yield* summary(reach.lost, reach.lostTotal, facts, (pairs) => `${pairs} not connected any more`);
};

function* summary(
  pairs: readonly ReachPair[],
  total: number,
  facts: ReturnType<Judging["of"]>,
  tell: (pairs: string) => string,
): Iterable<DiffDraft> {
  if (total === 0) return;
  const named = [...new Set(pairs.map(({ from, to }) => `${from} to ${to}`))];
  yield {
    message: `${tell(`${count(total, "pair")} of caller and callee ${total === 1 ? "is" : "are"}`)}: ${briefList(named)}`,
    environments: [...new Set(pairs.map(({ environment }) => environment))].sort(compareText),
    subject: null,
    facts,
  };
}
