import type { LiveService } from "../access/access.ts";
import { valueOf } from "../access/live-index.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

/** Whether an account is one of those that a project gets by itself. */
export function isDefaultAccount(email: string): boolean {
  return /^\d+-compute@developer\.gserviceaccount\.com$/.test(email) || email.endsWith("@appspot.gserviceaccount.com");
}

/** The email that a service runs as; undefined where it is the default one of a project whose number was not read. */
export function runtimeAccountOf({ project, record }: LiveService, snapshot: Snapshot): string | undefined {
  if (record.account !== null) return record.account.toLowerCase();
  const container = snapshot.containers.find(({ resource }) => resource === `projects/${project}`);
  const number = valueOf(container?.details)?.number;
  // docs: /run/docs/securing/service-identity
  return number === undefined ? undefined : `${number}-compute@developer.gserviceaccount.com`;
}
