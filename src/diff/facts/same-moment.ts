import { parseEnd } from "../../time/instant.ts";
import type { Json } from "../fact.ts";

/** Whether two dates end at the same moment, however they are written. */
export function sameMoment(before: Json | undefined, after: Json | undefined): boolean {
  if (before === after) return true;
  if (typeof before !== "string" || typeof after !== "string") return false;
  const end = parseEnd(before);
  return end !== undefined && end === parseEnd(after);
}
