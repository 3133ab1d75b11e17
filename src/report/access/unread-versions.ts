import type { Since } from "../../history/matrix-history.ts";

/** That versions before could not be read; empty where all could. */
export function unreadVersions(skipped: Since["skipped"]): string {
  const { length } = skipped;
  return length === 0 ? "" : `${length} ${length === 1 ? "version" : "versions"} before could not be read`;
}
