import type { ChangeKind } from "../../change-kind.ts";
import { briefList } from "../../../words/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { FindingStep, JudgedFact, Judging } from "../finding-step.ts";
import type { LostCoverage } from "../lost-coverage.ts";

/** Of each name that is not sensitive any more. */
export const sensitiveLost: FindingStep = function* (judging) {
  const lost = groupBy(judging.context.lost, ({ rule, name }) => (rule === null ? name : undefined));
  for (const [subject, group] of lost) {
    const as = group.find((each) => each.as !== null)?.as;
    yield {
      message:
        as === undefined || as === null
          ? `${subject} is not sensitive any more`
          : `${subject} is the service that ${as} was, and is not sensitive any more`,
      help: "let whoever answers for its data agree, or keep what makes it sensitive",
      environments: environmentsOf(group),
      subject,
      facts: [...factsOf(judging, group), ...judging.of("sensitive-changed")],
    };
  }
};

/** Of each rule of the matrix with all the names that it means no more. */
export const ruleCoversLess: FindingStep = function* (judging) {
  for (const [rule, group] of groupBy(judging.context.lost, (each) => each.rule ?? undefined)) {
    const names = [...new Set(group.map(({ name }) => name))].sort(compareText);
    const [only] = names;
    const told = names.map((name) => {
      const as = group.find((each) => each.name === name && each.as !== null)?.as;
      return as === undefined || as === null ? name : `${name} (${as} as it was)`;
    });
    yield {
      message: `the rule ${rule} does not mean ${briefList(told)} any more`,
      help: "let an approver of the rule agree, or keep the labels, owners and sets by which it means them",
      environments: environmentsOf(group),
      subject: names.length === 1 ? (only ?? null) : null,
      facts: [
        ...factsOf(judging, group),
        ...judging.of("rule-changed").filter(({ subject }) => subject === rule),
        ...judging.of("set-changed", "set-removed"),
      ],
      identity: rule,
    };
  }
};

function environmentsOf(lost: readonly LostCoverage[]): readonly string[] {
  return [...new Set(lost.map(({ environment }) => environment))].sort(compareText);
}

const ofNames: ReadonlySet<ChangeKind> = new Set([
  "labels-changed",
  "owner-changed",
  "service-kind-changed",
  "identity-changed",
  "service-added",
  "caller-added",
  "account-changed",
  "previous-account-added",
  "run-name-changed",
  "project-changed",
  "regions-changed",
]);

function factsOf({ about }: Judging, lost: readonly LostCoverage[]): readonly JudgedFact[] {
  const names = new Set(lost.map(({ name }) => name));
  return [...names].flatMap((name) => about(name).filter(({ kind }) => ofNames.has(kind)));
}
