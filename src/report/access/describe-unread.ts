import type { UnreadEntry } from "../../drift/drift-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { type Folding, foldWords } from "../../words/fold-words.ts";

/** What was not read, and why: `IAM policy of projects/p (denied): no permission`. To be escaped. */
export function describeUnread({ what, resource, status, reason }: UnreadEntry): string {
  return `${what} of ${resource} (${status})${reason === "" ? "" : `: ${reason}`}`;
}

/** Which verdicts hang on a read. To be escaped. */
export function inDoubt({ services }: Pick<UnreadEntry, "services">, options: Folding): string {
  if (services.length === 0) return "in doubt: whatever was not found";
  return `in doubt: ${count(services.length, "service")}: ${foldWords(services, options)}`;
}
