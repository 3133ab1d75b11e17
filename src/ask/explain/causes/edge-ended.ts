import { enumerateWords } from "../../../words/enumerate-words.ts";
import type { Cause } from "../case.ts";

/** What expired is no longer written: the next apply after its last day takes the grant away. */
export const edgeEnded: Cause = {
  id: "edge-ended",
  title: "what allowed the call has ended",
  statuses: [403],
  needs: "nothing",
  find({ edges, declared, caller, callee, answer }) {
    const ended = edges.filter(({ holds }) => holds !== "yes");
    if (declared || ended.length === 0 || answer === "allowed") return undefined;
    const keys = ended.map(({ key }) => key);
    const isRetired = ended.every(({ holds }) => holds === "retired");
    const retired = [caller.service, callee.service].flatMap((each) =>
      each?.stage === "retiring" || each?.stage === "gone" ? [each.key] : [],
    );
    return {
      likelihood: "certain",
      evidence: ended.map(({ key, holds, expires, span }) =>
        holds === "expired"
          ? `the edge ${key} expired on ${expires} (${span.file}:${span.line})`
          : `the edge ${key} has no effect: ${enumerateWords(retired, "and") || "one side"} is retired (${span.file}:${span.line})`,
      ),
      fix: isRetired
        ? "call something that is not retired"
        : `if the call is still needed, give ${enumerateWords([...new Set(keys)], "and")} a new date and have it approved`,
    };
  },
};
