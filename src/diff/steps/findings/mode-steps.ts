import type { Mode } from "../../../matrix/schema/generated/document.ts";
import type { DiffContext } from "../diff-context.ts";
import type { DiffDraft, FindingStep, JudgedFact } from "../finding-step.ts";

export const modeRaised: FindingStep = function* ({ context, of }) {
  for (const fact of of("mode-changed")) {
    const [earlier, later] = modes(fact, context);
    if (later !== "enforce" || earlier === "enforce") continue;
    yield {
      ...about(fact),
      message: `${fact.subject} goes from ${earlier} to enforce: whoever holds its role without an edge loses it`,
      help: "ask matrix drift first who that is, and matrix modes what is in the way",
    };
  }
};

export const modeLowered: FindingStep = function* ({ context, of }) {
  for (const fact of of("mode-changed")) {
    const [earlier, later] = modes(fact, context);
    if (earlier !== "enforce" || later === "enforce") continue;
    yield {
      ...about(fact),
      message: `${fact.subject} goes from enforce to ${later}: whoever is granted its role elsewhere keeps it`,
    };
  }
};

function modes(fact: JudgedFact, context: DiffContext): readonly (Mode | undefined)[] {
  const [sides] = context.sidesOf(fact);
  return [
    sides?.before.service(context.earlier(fact.subject ?? ""))?.mode,
    sides?.after.service(fact.subject ?? "")?.mode,
  ];
}

function about(fact: JudgedFact): Pick<DiffDraft, "environments" | "facts" | "subject"> {
  return { environments: fact.environments, subject: fact.subject, facts: [fact] };
}
