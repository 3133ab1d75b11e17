import { oneLine } from "../../../words/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { NeverChange } from "../../never-delta.ts";
import type { DiffDraft, FindingStep, Judging } from "../finding-step.ts";

/** Of one rule and target: many callers that break it alike are told together. */
export const neverNewlyBroken: FindingStep = function* (judging) {
  yield* byTarget(judging, "broken", (where, reason, rule) => ({
    message: `the rule ${rule} is newly broken ${where}: ${reason}`,
    help: "leave the access out, or let an approver of the rule accept it for a time under exceptions",
  }));
};

/** Findings of one state, one for each rule of the matrix, target and exception. A rule that is lifted may be gone. */
export function* byTarget(
  judging: Judging,
  state: NeverChange["state"],
  tell: (where: string, reason: string, rule: string, by: string | null) => Pick<DiffDraft, "help" | "message">,
): Iterable<DiffDraft> {
  const { nevers, context, of, about } = judging;
  const version = context.pair[state === "lifted" ? "before" : "after"];
  const rules = new Map(version.rules.map(({ key, value }) => [key, value]));
  const groups = groupBy(
    nevers.filter((each) => each.state === state),
    ({ rule, path, by }) => `${rule} ${path.at(-1)} ${by ?? ""}`,
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { rule, path, by } = first;
    const others = new Set(group.map((each) => each.path.join(" "))).size - 1;
    const where = `at ${path.at(-1)}${others === 0 ? "" : ` by this path and ${others} more`}`;
    yield {
      ...tell(where, oneLine(rules.get(rule)?.reason ?? ""), rule, by),
      environments: [...new Set(group.map(({ environment }) => environment))].sort(compareText),
      subject: path.at(-1) ?? null,
      path,
      matrixRule: rule,
      facts: [
        ...group.flatMap((each) => judging.along(each.path, each.environment)),
        ...of("rule-added", "rule-changed", "rule-removed").filter(({ subject }) => subject === rule),
        ...of("exception-added", "exception-changed", "exception-removed").filter(({ subject, before }) =>
          by === null ? isOf(before, rule) : subject === by,
        ),
        ...path.flatMap((name) => about(name).filter(({ kind }) => /^(labels|owner)-changed$/.test(kind))),
      ],
      identity: `${rule} ${by ?? state}`,
    };
  }
}

/** Whether an exception as it was is from a rule. */
function isOf(exception: unknown, rule: string): boolean {
  return typeof exception === "object" && exception !== null && "rule" in exception && exception.rule === rule;
}
