import type { LetIn, WiredCaller } from "../../wiring/wiring-report.ts";
import { count } from "../../words/enumerate-words.ts";

/** How many of the places that a caller calls let it in by now; undefined without a snapshot, or where it calls nobody. */
export function readiness({ calls }: WiredCaller): string | undefined {
  const endpoints = (calls ?? []).flatMap((call) => call.endpoints);
  if (endpoints.every(({ live }) => live === null)) return undefined;
  const open = endpoints.filter(({ letsIn }) => letsIn.some((each) => !each.previous && each.verdict === "allowed"));
  const places = count(endpoints.length, "place");
  return open.length === endpoints.length
    ? `${endpoints.length === 1 ? "the one place" : `all ${places}`} that it calls let${endpoints.length === 1 ? "s" : ""} it in`
    : `${open.length} of ${places} that it calls let it in`;
}

/** What keeps a caller out, a line for each place. */
export function obstacles({ calls }: WiredCaller): readonly string[] {
  return (calls ?? []).flatMap(({ callee, endpoints }) =>
    endpoints.flatMap(({ region, live, letsIn }) => [
      ...(live === "absent" ? [`${callee} in ${region}: not deployed here when the snapshot was read`] : []),
      ...(live === "unread" ? [`${callee} in ${region}: what runs here was not read`] : []),
      ...letsIn
        .filter(({ verdict }) => verdict !== "allowed")
        .map((each) => `${callee} in ${region}: ${letInLine(each)}`),
    ]),
  );
}

/** Whether a callee lets an identity in. */
export function letInLine({ principal, previous, verdict }: LetIn): string {
  const answer = {
    allowed: "yes",
    conditional: "under a condition",
    unknown: "not known: not everything was read",
    denied: "no, a deny policy stops it",
    no: previous ? "no" : "not yet: apply what matrix synth writes",
  }[verdict];
  return `${principal}${previous ? " (previous)" : ""}: ${answer}`;
}
