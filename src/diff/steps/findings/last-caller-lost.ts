import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { FindingStep } from "../finding-step.ts";

/** Of each service that stays and that nobody may call any more. */
export const lastCallerLost: FindingStep = function* ({ context, of }) {
  const facts = of("edge-removed", "expiry-changed", "public-removed", "stage-changed").filter(
    ({ impact }) => impact === "narrows",
  );
  // A caller that retires leaves those that it called.
  const lost = facts.flatMap((fact) =>
    context.sidesOf(fact).flatMap((sides) => {
      const callees =
        fact.kind === "stage-changed"
          ? sides.before.callees(context.earlier(fact.subject ?? "")).map((callee) => context.later(callee))
          : [fact.to ?? ""];
      return callees.map((callee) => ({ callee, sides, fact }));
    }),
  );
  const alone = lost.filter(({ callee, sides: { after, before } }) => {
    const stage = after.service(callee)?.stage;
    const hadCaller = before.hasCaller(context.earlier(callee)) || before.isPublic(context.earlier(callee));
    return (
      hadCaller && (stage === "live" || stage === "planned") && !after.isPublic(callee) && !after.hasCaller(callee)
    );
  });
  for (const [subject, group] of groupBy(alone, ({ callee }) => callee)) {
    yield {
      message: `nobody may call ${subject} any more`,
      help: "if nothing needs it, retire it: retired: DATE",
      environments: [...new Set(group.map(({ sides }) => sides.environment))].sort(compareText),
      subject,
      facts: [...new Set(group.map(({ fact }) => fact))],
    };
  }
};
