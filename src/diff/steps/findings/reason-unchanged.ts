import type { DeclaredEdge } from "../../../matrix/model/matrix.ts";
import type { FindingStep, JudgedFact } from "../finding-step.ts";

/** Of each edge that reaches further than before: in more environments, for longer, past a check, for more names. */
export const reasonUnchanged: FindingStep = function* ({ context, of }) {
  let earlier: ReadonlyMap<string, DeclaredEdge> | undefined;
  const saidBefore = (fact: JudgedFact, reason: string, key: string): boolean => {
    const [caller, callee] = [context.earlier(fact.from ?? ""), context.earlier(fact.to ?? "")];
    if (context.sides.some(({ before }) => before.edge(caller, callee)?.clause.reason === reason)) return true;
    earlier ??= new Map(context.pair.before.edges.map((edge) => [edge.key, edge]));
    return earlier.get(key)?.clauses.some((clause) => clause.reason === reason) === true;
  };
  for (const fact of of("edge-added", "expiry-changed", "through-changed")) {
    if (fact.impact !== "broadens") continue;
    const [sides] = context.sidesOf(fact);
    const clause = sides?.after.edge(fact.from ?? "", fact.to ?? "")?.clause;
    if (clause === undefined || !saidBefore(fact, clause.reason, String(clause.place.path[1]))) continue;
    yield {
      message: `${fact.subject} ${grew(fact)}, and its reason says what it said before`,
      help: "say why it needs more than it had, or leave it as it was",
      environments: fact.environments,
      subject: fact.to,
      facts: [fact],
      identity: `${fact.kind} ${fact.subject}`,
    };
  }
};

function grew({ kind }: JudgedFact): string {
  if (kind === "expiry-changed") return "is to last longer";
  return kind === "through-changed"
    ? "does not go through Identity-Aware Proxy any more"
    : "is granted where it was not";
}
