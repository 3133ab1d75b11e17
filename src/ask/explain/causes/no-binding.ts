import { calleeKinds } from "../../../callees/registry.ts";
import { grantCommand } from "../../../drift/run-command.ts";
import type { Cause } from "../case.ts";

/** docs: /run/docs/troubleshooting — a valid token of somebody who lacks run.routes.invoke gets 403. */
export const noBinding: Cause = {
  id: "no-binding",
  title: "no binding lets the caller in",
  statuses: [403],
  needs: "live",
  find({ caller: { principal }, callee, declared, answer, isThroughIap, live }) {
    const without = (live?.found ?? []).filter(({ verdict }) => verdict === "no");
    const [first] = without;
    if (first === undefined) return undefined;
    // Through the proxy it is the proxy's agent that holds the role.
    const isJudged = !isThroughIap || first.service.record.iapEnabled;
    const role = callee.service?.invokerRole ?? calleeKinds[callee.kind].roles.usual;
    return {
      // What was not read may hold one; and in another region there is one.
      likelihood: !isJudged ? "possible" : answer === "denied" ? "certain" : "likely",
      evidence: without.map(
        ({ region, service }) =>
          `in ${region} neither the policy of ${service.resource} nor one above it grants ${principal} what it needs`,
      ),
      fix: declared
        ? callee.service?.mode === "observe"
          ? grantCommand(first.service, role, principal)
          : `apply what matrix synth writes; or ${grantCommand(first.service, role, principal)}`
        : "declare the edge first, so that the next apply grants it",
    };
  },
};
