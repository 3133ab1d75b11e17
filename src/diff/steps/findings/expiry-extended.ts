import { briefText } from "../../../words/brief.ts";
import { parseEnd } from "../../../time/instant.ts";
import type { FindingStep, JudgedFact } from "../finding-step.ts";

/** Of each edge, exception, inherited access and previous account that is to last longer. */
export const expiryExtended: FindingStep = function* ({ of }) {
  const facts = of("expiry-changed", "exception-changed", "inherited-changed", "previous-account-changed");
  for (const fact of facts) {
    if (fact.impact !== "broadens") continue;
    const [then, now] = [endOf(fact, "before"), endOf(fact, "after")];
    if (momentOf(now) <= momentOf(then)) continue;
    const what = {
      "exception-changed": `the exception ${fact.subject}`,
      "inherited-changed": `the inherited access ${fact.subject}`,
      "previous-account-changed": `a previous account of ${fact.subject}`,
    };
    const subject = Object.entries(what).find(([kind]) => kind === fact.kind)?.[1] ?? fact.subject;
    yield {
      message:
        now === undefined
          ? `${subject} was to end on ${briefText(then ?? "")}, and is to end no more`
          : `${subject} is to end on ${briefText(now)} instead of ${briefText(then ?? "")}`,
      environments: fact.environments,
      subject: fact.to ?? fact.subject,
      facts: [fact],
      identity: `${fact.kind} ${fact.subject}`,
    };
  }
};

/** The date that a fact holds: the value itself, or what stands under `expires` or `until`. */
function endOf(fact: JudgedFact, side: "after" | "before"): string | undefined {
  const value: unknown = fact[side];
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const end = "expires" in value ? value.expires : "until" in value ? value.until : undefined;
  return typeof end === "string" ? end : undefined;
}

function momentOf(date: string | undefined): number {
  return date === undefined ? Number.POSITIVE_INFINITY : (parseEnd(date) ?? 0);
}
