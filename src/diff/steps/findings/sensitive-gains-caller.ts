import { briefList } from "../../../words/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { FindingStep, JudgedFact } from "../finding-step.ts";

/**
 * Of each sensitive service with all of its new callers. What the same change makes less than sensitive counts as well.
 * The internet is no caller here: of it, `internet-reaches` tells.
 */
export const sensitiveGainsCaller: FindingStep = function* ({ context, of }) {
  const isNew = (fact: JudgedFact): boolean =>
    fact.impact === "broadens" &&
    context.sidesOf(fact).some(({ before, after }) => {
      const callee = fact.to ?? "";
      const held = before.holds(context.earlier(fact.from ?? ""), context.earlier(callee));
      return !held && (after.isSensitive(callee) || before.isSensitive(context.earlier(callee)));
    });
  const facts = of("edge-added", "expiry-changed").filter(isNew);
  for (const [subject, group] of groupBy(facts, ({ to }) => to ?? undefined)) {
    const callers = [...new Set(group.map(({ from }) => from ?? ""))];
    yield {
      message: `${subject} is sensitive, and gains ${callers.length === 1 ? "a caller" : `${callers.length} callers`}: ${briefList(callers)}`,
      environments: [...new Set(group.flatMap(({ environments }) => environments))].sort(compareText),
      subject,
      facts: group,
    };
  }
};
