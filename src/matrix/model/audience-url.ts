import { calleeKinds } from "../../callees/registry.ts";
import type { Service } from "./world.ts";

/**
 * What to ask tokens for to call a service in a region, which is also its URL; undefined for what takes no ID token, and
 * where the project's number, which is part of it, is not known.
 */
export function audienceUrl({ kind, name, project }: Service, region: string): string | undefined {
  return calleeKinds[kind].addressOf({ project, region, name })?.audience ?? undefined;
}
