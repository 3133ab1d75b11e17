import { INTERNET } from "../../../matrix/model/match-selector.ts";
import { briefPath } from "../../../matrix/rules/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { FindingStep } from "../finding-step.ts";

/** Of each service that the internet newly reaches. */
export const internetReaches: FindingStep = function* ({ reach, along }) {
  const targets = groupBy(reach.gained, ({ from, to }) => (from === INTERNET ? to : undefined));
  for (const [subject, pairs] of targets) {
    const [first] = pairs;
    if (first === undefined) continue;
    const isSensitive = pairs.some(({ sensitive }) => sensitive);
    const how = first.path.length > 2 ? `: ${briefPath(first.path)}` : "";
    yield {
      severity: isSensitive ? "error" : "warning",
      message: `the internet comes to reach ${subject}${isSensitive ? ", which is sensitive" : ""}${how}`,
      environments: [...new Set(pairs.map(({ environment }) => environment))].sort(compareText),
      subject,
      path: first.path,
      facts: pairs.flatMap(({ path, environment }) => along(path, environment)),
    };
  }
};
