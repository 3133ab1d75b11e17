import { exceptionMatcher, type ExceptionSubject, isInForce } from "../matrix/model/match-exception.ts";
import type { Exception } from "../matrix/schema/generated/document.ts";
import { groupBy } from "../words/group-by.ts";
import type { Draft } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";
import type { DriftRule } from "./drift-rule.ts";

interface ReadyException {
  readonly value: Exception;
  /** Where it stands among the exceptions: the first that accepts is the one that is named. */
  readonly index: number;
  readonly matches: (subject: ExceptionSubject) => boolean;
}

/** Finds the exception that accepts a finding, by its id; null where there is none. */
export function findingAcceptor(
  context: DriftContext,
): (rule: DriftRule, draft: Draft, fingerprint: string) => string | null {
  const { matrix } = context;
  const ready = matrix.exceptions
    .filter(({ value }) => isInForce(value, matrix))
    .map(({ value }, index): ReadyException => ({ value, index, matches: exceptionMatcher(value, matrix) }));
  const byRule = groupBy(ready, ({ value }) => value.rule);
  const isApproved = (guardrail: string | undefined, approvedBy: string | undefined): boolean => {
    const approvers = matrix.rules.find(({ key }) => key === guardrail)?.value.approvers;
    return approvers === undefined || (approvedBy !== undefined && approvers.includes(approvedBy));
  };
  return (rule, draft, fingerprint) => {
    const { services, guardrail } = draft;
    const subject = subjectOf(draft, fingerprint, context);
    const names = [...new Set([rule.id, rule.declaredTwin, guardrail])];
    const accepting = names.flatMap((name) => {
      const found = (name === undefined ? [] : (byRule.get(name) ?? [])).find(
        ({ value, matches }) =>
          // A blind spot is accepted by its name: whatever else is not read one day is none that somebody weighed.
          (rule.id !== "not-readable" || value.match.resource !== undefined) &&
          // By any name, an exception from a rule that has approvers needs one of them.
          isApproved(guardrail, value.approvedBy) &&
          // A grant that opens many services is not accepted by who accepts it for one of them.
          (services.length === 0 ? matches(subject) : services.every((service) => matches({ ...subject, service }))),
      );
      return found ?? [];
    });
    return accepting.sort((a, b) => a.index - b.index)[0]?.value.id ?? null;
  };
}

function subjectOf(draft: Draft, fingerprint: string, { names, world }: DriftContext): ExceptionSubject {
  const { caller, principal, resource, role } = draft;
  return {
    callers: [caller, ...(principal === undefined ? [] : names.namesOf(principal))].flatMap((each) => each ?? []),
    environment: world.environment.name,
    principals: [principal ?? "", ...writtenMembers(draft)],
    resource,
    role,
    fingerprint,
  };
}

/** Exceptions may name a member as the policy writes it. */
function writtenMembers({ paths = [] }: Draft): readonly string[] {
  return paths.flatMap(({ hops }) => hops.slice(0, 1).flatMap(({ member }) => member ?? []));
}
