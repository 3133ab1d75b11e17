import type { Cause } from "../case.ts";

/** The same numbers are written by services themselves. */
export const ownAnswer: Cause = {
  id: "own-answer",
  title: "the service itself answers so",
  statuses: [401, 403, 404],
  needs: "live",
  find({ answer, live }) {
    const found = live?.found ?? [];
    const unchecked = found.filter(({ service }) => service.record.invokerCheckDisabled);
    if (unchecked.length > 0)
      return {
        likelihood: "likely",
        evidence: unchecked.map(
          ({ region }) => `its invoker check is off in ${region}: Cloud Run asks for no token and no role there`,
        ),
        fix: "look into the service's own log: its code, or a proxy in it, refuses",
      };
    return answer === "allowed" && found.length > 0
      ? {
          likelihood: "possible",
          evidence: ["by all that was read, Cloud Run lets the caller in"],
          fix: "look into the request log of the service: an answer that is in there is its own",
        }
      : undefined;
  },
};
