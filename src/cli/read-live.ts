import type { ReadRequest } from "../gcp/read-snapshot.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { askGoogle } from "./ask-google.ts";
import type { Session } from "./session.ts";

/** What the options of every command that reads say. */
export interface ReadingOptions {
  readonly groups?: boolean;
  readonly impersonateServiceAccount?: string;
  /** In seconds. */
  readonly timeout?: number;
}

/** Reads Google Cloud. Undefined where nothing could be read at all, of which the reason is said by then. */
export async function readLive(
  session: Session,
  request: Omit<ReadRequest, "groups" | "impersonate">,
  { groups, impersonateServiceAccount, timeout }: ReadingOptions,
): Promise<Snapshot | undefined> {
  const reading = await askGoogle(session, timeout, ({ readSnapshot }, deps) =>
    readSnapshot(
      {
        ...request,
        groups: groups === true,
        ...(impersonateServiceAccount === undefined ? {} : { impersonate: impersonateServiceAccount }),
      },
      deps,
    ),
  );
  return reading?.snapshot;
}
