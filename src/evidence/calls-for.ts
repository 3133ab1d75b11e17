import { neededPermissions } from "../gcp/permissions-needed.ts";

/** The requests that read something, by what the table of permissions calls it. A name that it has not is an error. */
export function callsFor(...reads: readonly string[]): readonly string[] {
  return reads.map((name) => {
    const found = neededPermissions.find((each) => each.reads === name);
    if (found === undefined) throw new Error(`no request reads "${name}"`);
    return found.request;
  });
}
