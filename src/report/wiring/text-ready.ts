import type { Call, Endpoint, LetIn, WiredCaller } from "../../wiring/wiring-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";

/**
 * How many of the places that a caller calls let it in by now; undefined without a snapshot, or where it calls nobody.
 * Where it cannot call as its account yet, the account is named for which this is true, and why it cannot.
 */
export function readiness(caller: WiredCaller): string | undefined {
  const endpoints = (caller.calls ?? []).flatMap((call) => call.endpoints);
  if (endpoints.every(({ live }) => live === null)) return undefined;
  const open = endpoints.filter(({ letsIn }) => verdictOf(letsIn) === "allowed").length;
  const unknown = endpoints.filter(isUnknown).length;
  const hitch = hitchOf(caller);
  const whom = hitch === undefined ? "it" : (caller.account?.email ?? "it");
  const all = endpoints.length;
  const places = all === 1 ? "the one place" : `the ${count(all, "place")}`;
  const s = all === 1 ? "s" : "";
  const answer =
    unknown === all
      ? `whether ${places} that it calls let${s} ${whom} in is not known`
      : open === all
        ? `${all === 1 ? places : `all ${count(all, "place")}`} that it calls let${s} ${whom} in`
        : `${open} of ${count(all, "place")} that it calls let ${whom} in${unknown === 0 ? "" : `, ${unknown} not known`}`;
  return `${answer}${hitch === undefined ? "" : `; ${hitch}`}`;
}

/** What keeps a caller from calling as its account, whoever lets that in. */
function hitchOf({ account, runs }: WiredCaller): string | undefined {
  const others = runs.filter(({ standing }) => standing === "previous" || standing === "over" || standing === "other");
  const where =
    others.length === runs.length
      ? ""
      : ` in ${enumerateWords(
          others.map(({ region }) => region),
          "and",
        )}`;
  const hitches = [
    ...(account?.live === "disabled" ? ["that account is disabled"] : []),
    ...(account?.live === "missing" ? ["that account does not exist yet"] : []),
    ...(others.length === 0 ? [] : [`the service still runs as another one${where}`]),
  ];
  return hitches.length === 0 ? undefined : hitches.join(", and ");
}

function verdictOf(letsIn: readonly LetIn[]): LetIn["verdict"] | undefined {
  return letsIn.find(({ previous }) => !previous)?.verdict;
}

function isUnknown({ live, letsIn }: Endpoint): boolean {
  return live === "unread" || verdictOf(letsIn) === "unknown";
}

/** What keeps a caller out, a line for each place. */
export function obstacles({ calls }: WiredCaller): readonly string[] {
  return (calls ?? []).flatMap((call) =>
    call.endpoints.flatMap(({ region, live, letsIn }) => [
      ...(live === "absent" ? [`${call.callee} in ${region}: not deployed here when the snapshot was read`] : []),
      ...(live === "unread" ? [`${call.callee} in ${region}: what runs here was not read`] : []),
      ...letsIn
        .filter(({ verdict }) => verdict !== "allowed")
        .map((each) => `${call.callee} in ${region}: ${letInLine(each, call)}`),
    ]),
  );
}

/** Whether a callee lets an identity in, and what to do where it does not. */
export function letInLine(
  { principal, previous, verdict }: LetIn,
  call: Pick<Call, "mode" | "proxy" | "through">,
): string {
  const answer = {
    allowed: "yes",
    conditional: "under a condition",
    unknown:
      call.through === "iap"
        ? "not known: the policy of the proxy was not read, and one on a load balancer is in no snapshot"
        : "not known: not everything was read",
    denied: "no, a deny policy stops it",
    no: previous ? "no" : notYet(call),
  }[verdict];
  return `${principal}${previous ? " (previous)" : ""}: ${answer}`;
}

function notYet({ mode, through, proxy }: Pick<Call, "mode" | "proxy" | "through">): string {
  if (through === "iap" && proxy !== "service")
    return "not yet: the proxy does not let it in, and synth grants nothing on a load balancer";
  return mode === "observe"
    ? "no, and its row is only observed (mode: observe), so synth grants nothing on it"
    : "not yet: apply what matrix synth writes";
}
