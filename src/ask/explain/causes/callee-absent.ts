import type { Cause } from "../case.ts";

/** A request to a service that is not there is answered by nobody's service. */
export const calleeAbsent: Cause = {
  id: "callee-absent",
  title: "the service is not deployed where it is called",
  statuses: [404],
  needs: "live",
  find({ callee, live }) {
    const absent = live?.regions.filter(({ at }) => at === "absent") ?? [];
    if (absent.length === 0) return undefined;
    const isEverywhere = absent.length === live?.regions.length;
    const planned = callee.service?.stage === "planned";
    return {
      likelihood: isEverywhere ? "certain" : "possible",
      evidence: [
        ...absent.map(({ region }) => `no service of that name was found in ${region}`),
        ...(planned ? ["the matrix has it as planned there"] : []),
      ],
      fix: planned
        ? "deploy it, and take the environment out of `planned`"
        : isEverywhere
          ? "deploy it, or correct its name, project or regions in the matrix"
          : "call it in a region where it runs, or deploy it there",
    };
  },
};
