import type { Context } from "../resource-type.ts";
import { Unknown, type ObjectValue } from "../wire/value.ts";

/** A new resource without a project gets that of the provider block, and the plan already shows it. */
export function withDefaultProject(
  { settings }: Context,
  planned: ObjectValue,
  prior: ObjectValue | null,
): ObjectValue {
  const fallback = settings["project"] ?? null;
  if (prior || fallback === null || !(planned["project"] instanceof Unknown)) return planned;
  return { ...planned, project: fallback };
}
