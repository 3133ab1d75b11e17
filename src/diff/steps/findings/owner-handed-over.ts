import type { Json } from "../../fact.ts";
import type { FindingStep } from "../finding-step.ts";

/** Of each service or caller with another owner, and of each owner for whom others approve. */
export const ownerHandedOver: FindingStep = function* ({ context, of }) {
  for (const fact of of("owner-changed")) {
    const [then, now] = [textOf(fact.before), textOf(fact.after)];
    if (then === undefined) continue;
    yield {
      message: `${fact.subject} passes from ${then} to ${now ?? "nobody"}, who decides from then on who may call it`,
      environments: fact.environments,
      subject: fact.subject,
      facts: [fact],
    };
  }
  const { before, after } = context.pair;
  for (const fact of of("team-changed", "team-removed")) {
    const owner = fact.subject ?? "";
    const [then, now] = [before.owners?.get(owner)?.value.github, after.owners?.get(owner)?.value.github];
    if (then === now) continue;
    yield {
      message:
        then === undefined
          ? `${now} approves for ${owner} from then on, for whom nobody did`
          : `${now ?? "nobody"} approves for ${owner} from then on, instead of ${then}`,
      environments: fact.environments,
      subject: null,
      facts: [fact],
      identity: owner,
    };
  }
};

/** The fact of an owner holds the owner, by itself or under its key. */
function textOf(value: Json): string | undefined {
  if (typeof value === "string") return value;
  const owner = typeof value === "object" && value !== null && "owner" in value ? value.owner : undefined;
  return typeof owner === "string" ? owner : undefined;
}
