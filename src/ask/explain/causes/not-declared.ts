import type { Cause } from "../case.ts";

/** What nobody declared, synth does not grant; and where it is granted by hand, a strict apply takes it away. */
export const notDeclared: Cause = {
  id: "not-declared",
  title: "the matrix has no such edge",
  statuses: [403],
  needs: "nothing",
  find({ edges, declared, caller, callee, answer, world }) {
    if (declared || edges.length > 0 || answer === "allowed") return undefined;
    const from = caller.service?.key ?? caller.other?.key;
    const to = callee.service?.key;
    const edge = from === undefined || to === undefined ? undefined : `${from} -> ${to}`;
    return {
      likelihood: "certain",
      evidence: [`no edge of ${world.environment.name} lets ${caller.name} call ${callee.name}`],
      fix:
        edge === undefined
          ? "name both sides in the matrix, and add an edge with its reason"
          : `if the call is needed, add \`${edge}: { reason: … }\` under trust and have it approved`,
    };
  },
};
