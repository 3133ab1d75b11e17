import { briefPath, oneLine } from "../../../matrix/rules/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { count } from "../../../words/enumerate-words.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { NeverChange } from "../../never-delta.ts";
import type { DiffDraft, FindingStep, Judging } from "../finding-step.ts";

/** Of one rule and target: many callers that break it alike are told together. */
export const neverNewlyBroken: FindingStep = function* (judging) {
  yield* byTarget(judging, "broken", (paths, reason, rule) => ({
    message: `the rule ${rule} forbids ${paths} (${reason}), and this change breaks it`,
    help: "leave the access out, or let an approver of the rule accept it for a time under exceptions",
  }));
};

/** Findings of one state, one for each rule of the matrix, target and exception. */
export function* byTarget(
  judging: Judging,
  state: NeverChange["state"],
  tell: (paths: string, reason: string, rule: string, by: string | null) => Pick<DiffDraft, "help" | "message">,
): Iterable<DiffDraft> {
  const { nevers, context, of, about } = judging;
  const rules = new Map(context.pair.after.rules.map(({ key, value }) => [key, value]));
  const groups = groupBy(
    nevers.filter((each) => each.state === state),
    ({ rule, path, by }) => `${rule} ${path.at(-1)} ${by ?? ""}`,
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { rule, path, by } = first;
    const others = new Set(group.map((each) => each.path.join(" "))).size - 1;
    const paths = `${briefPath(path)}${others === 0 ? "" : ` and ${count(others, "path")} more`}`;
    yield {
      ...tell(paths, oneLine(rules.get(rule)?.reason ?? ""), rule, by),
      environments: [...new Set(group.map(({ environment }) => environment))].sort(compareText),
      subject: path.at(-1) ?? null,
      path,
      facts: [
        ...group.flatMap((each) => judging.along(each.path, each.environment)),
        ...of("rule-added", "rule-changed").filter(({ subject }) => subject === rule),
        ...of("exception-added", "exception-changed", "exception-removed").filter(({ subject, before }) =>
          by === null ? isOf(before, rule) : subject === by,
        ),
        ...path.flatMap((name) => about(name).filter(({ kind }) => /^(labels|owner)-changed$/.test(kind))),
      ],
      identity: `${rule} ${by ?? ""}`,
    };
  }
}

/** Whether an exception as it was is from a rule. */
function isOf(exception: unknown, rule: string): boolean {
  return typeof exception === "object" && exception !== null && "rule" in exception && exception.rule === rule;
}
