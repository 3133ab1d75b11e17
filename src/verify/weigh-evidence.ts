import { groupBy } from "../words/group-by.ts";
import type { JudgedCall } from "./verify-report.ts";

/**
 * Looks at the calls of each service together. One answer may come from the app as well as from the front door; what
 * tells them apart is how the service answers to tokens that differ. Pure.
 */
export function weighEvidence(calls: readonly JudgedCall[]): readonly JudgedCall[] {
  const groups = groupBy(calls, ({ probe }) => JSON.stringify([probe.service, probe.region]));
  const weighed = new Map<JudgedCall, JudgedCall>();
  for (const group of groups.values()) {
    const distrust = group.find(({ probe }) => probe.credential === "wrong-audience");
    const bare = group.find(({ probe }) => probe.credential === "none");
    for (const call of group) weighed.set(call, weigh(call, distrust, bare));
  }
  return calls.map((call) => weighed.get(call) ?? call);
}

function weigh(call: JudgedCall, distrust: JudgedCall | undefined, bare: JudgedCall | undefined): JudgedCall {
  const { verdict, status, probe } = call;
  if (verdict !== "ok" || probe.expects === "proxy") return call;
  const isOpen = bare?.finding === "open-without-token" || distrust?.finding === "audience-not-checked";
  if (probe.expects === "admit") {
    if (probe.credential !== "none" && (probe.isPublic || isOpen))
      return {
        ...call,
        evidence: "none",
        message: `${call.message}, and so does everybody: it proves nothing of the edge`,
      };
    // Nobody but an app behind it answers like this.
    if (probe.credential === "none") return { ...call, evidence: "door" };
  }
  if (isOpen)
    return doubted(call, "the service lets in others whom the door would refuse, so the app may have said it");
  if (status === 403 && distrust?.status === 403)
    return doubted(
      call,
      "it says 403 to a token for another audience, too, where Cloud Run says 401: the app may have said it",
    );
  // To a good token, an app could say no that is open to everybody with an account.
  if (probe.credential === "token" && probe.expects === "refuse") return call;
  const tellsApart = distrust?.status === 401 && (bare === undefined || bare.status === 403);
  return tellsApart ? { ...call, evidence: "door" } : call;
}

function doubted(call: JudgedCall, why: string): JudgedCall {
  return {
    ...call,
    verdict: "unknown",
    evidence: "none",
    message: `${call.status}, as it should be, but ${why}`,
    help: "matrix drift says who may call it",
  };
}
