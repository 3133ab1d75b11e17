import { INTERNET } from "../../../matrix/model/match-selector.ts";
import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { FindingStep, JudgedFact, Judging } from "../finding-step.ts";

/** A way from the internet to a service that was not there before. */
interface Way {
  readonly to: string;
  readonly environment: string;
  readonly path: readonly string[];
  readonly sensitive: boolean;
  readonly facts: readonly JudgedFact[];
}

/**
 * Of each service that the internet newly reaches, and of each sensitive one that is itself opened, though the internet
 * reached it before through others.
 */
export const internetReaches: FindingStep = function* (judging) {
  for (const [subject, ways] of groupBy(waysOf(judging), ({ to }) => to)) {
    // What is opened has the shortest path.
    const [first] = ways.toSorted((a, b) => a.path.length - b.path.length);
    if (first === undefined) continue;
    const isSensitive = ways.some(({ sensitive }) => sensitive);
    yield {
      ...(isSensitive ? {} : { severity: "info" }),
      message: isSensitive
        ? first.path.length > 2
          ? `the internet comes to reach ${subject}, which is sensitive`
          : `${subject}, which is sensitive, is opened to the internet`
        : `the internet comes to reach ${subject}`,
      environments: [...new Set(ways.map(({ environment }) => environment))].sort(compareText),
      subject,
      path: first.path,
      facts: [...new Set(ways.flatMap(({ facts }) => facts))],
    };
  }
};

function waysOf(judging: Judging): readonly Way[] {
  const { reach, along } = judging;
  const reached = reach.gained
    .filter(({ from }) => from === INTERNET)
    .map(({ to, environment, path, sensitive }) => ({
      to,
      environment,
      path,
      sensitive,
      facts: along(path, environment),
    }));
  const known = new Set(reached.map(({ to, environment }) => `${to} ${environment}`));
  return [...reached, ...openings(judging).filter(({ to, environment }) => !known.has(`${to} ${environment}`))];
}

/** Sensitive services that everybody may call now and could not before. */
function openings({ context, of }: Judging): readonly Way[] {
  return of("public-added", "iap-changed", "stage-changed").flatMap((fact) =>
    context.sidesOf(fact).flatMap(({ environment, before, after }): readonly Way[] => {
      const to = fact.to ?? fact.subject ?? "";
      const earlier = context.earlier(to);
      if (!after.isPublic(to) || before.isPublic(earlier)) return [];
      if (!after.isSensitive(to) && !before.isSensitive(earlier)) return [];
      return [{ to, environment, path: [INTERNET, to], sensitive: true, facts: [fact] }];
    }),
  );
}
