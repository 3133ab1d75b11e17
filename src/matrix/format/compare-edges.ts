import { compareText } from "../../words/compare-text.ts";

/** The canonical order of edges: by callee, then caller. Malformed keys come last, in their own order. */
export function compareEdges(a: string, b: string): number {
  const [callerA = "", calleeA = "~"] = a.split(" -> ");
  const [callerB = "", calleeB = "~"] = b.split(" -> ");
  return compareText(calleeA, calleeB) || compareText(callerA, callerB);
}
