import type { OutsideAnswer } from "../../ask/outside/outside-answer.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { describeUnread } from "./describe-unread.ts";

/** How a caller from outside becomes its account, and whether it can. To be escaped. */
export function outsideLine(outside: OutsideAnswer): string {
  const { account, workload, pool, provider } = outside;
  const through = provider === null ? "" : ` through the provider ${provider} of the pool ${pool ?? ""}`;
  return `from outside: ${workload}, as ${account}${through}${stateOf(outside)}`;
}

function stateOf({ answer, lacks, unread }: OutsideAnswer): string {
  switch (answer) {
    case null:
      return "";
    case "yes":
      return "; live";
    case "no":
      return `; not live: ${enumerateWords(
        lacks.filter(({ isSure }) => isSure).map(({ message }) => message),
        "and",
      )}`;
    case "conditional":
      return `; perhaps live: ${enumerateWords(
        lacks.map(({ message }) => message),
        "and",
      )}`;
    case "unknown":
      return `; not known: ${enumerateWords(unread.map(describeUnread), "and")} ${unread.length === 1 ? "was" : "were"} not read`;
  }
}

/** Why a caller from outside may not call, or may not surely, where its account may. To be escaped. */
export function outsideReason({ account, answer }: OutsideAnswer): string {
  if (answer === "unknown") return `whether it can act as ${account} was not read`;
  return `it ${answer === "no" ? "cannot" : "may perhaps not"} act as ${account}`;
}
