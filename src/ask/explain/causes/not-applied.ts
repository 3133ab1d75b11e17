import type { Cause } from "../case.ts";

/** A merged edge grants nothing until it is applied, and never where the service is only observed. */
export const notApplied: Cause = {
  id: "not-applied",
  title: "the edge is declared, and was not applied",
  statuses: [403],
  needs: "live",
  find({ callee: { service }, declared, isThroughIap, live }) {
    const without = (live?.found ?? []).filter(({ verdict }) => verdict === "no" || verdict === "denied");
    if (!declared || service === undefined || isThroughIap || without.every(({ verdict }) => verdict === "denied"))
      return undefined;
    if (service.mode === "observe")
      return {
        likelihood: "certain",
        evidence: [`${service.key} is in mode observe: matrix synth writes none of its grants`],
        fix: `grant it where the grants of ${service.key} are kept, or set its mode to add`,
      };
    return {
      likelihood: "likely",
      evidence: [
        `the matrix declares it and mode ${service.mode} would write the grant, and it is not there: it was not applied since, or was taken away afterwards`,
      ],
      fix: "apply what matrix synth writes, and look with matrix drift who else changes the policy",
    };
  },
};
