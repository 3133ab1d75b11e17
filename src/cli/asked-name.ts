import type { NameProblem } from "../ask/find-name.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A name that was found.
 * @throws UsageError where it means nothing
 */
export function foundName(found: string | NameProblem): string {
  if (typeof found === "string") return found;
  throw new UsageError(found.problem, found.help);
}
