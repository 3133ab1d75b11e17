import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import type { LiveService } from "./access.ts";
import { Actors } from "./actors.ts";
import { BecomingReader, type Step } from "./becoming.ts";
import { DenyReader } from "./deny.ts";
import { type Allow, GrantReader } from "./grants.ts";
import { LiveIndex } from "./live-index.ts";

/** A grant by which whoever it names can act as an account, and how surely. */
export interface AccountStep extends Pick<Step, "hop" | "member"> {
  readonly allow: Allow;
}

/**
 * Makes the answer to who can act as an account, by every grant on it, its project and above, whatever else they can do.
 * Members that can do nothing are left out: those who are deleted, agents of Google, and pools that are off.
 */
export function accountSteps(
  snapshot: Snapshot,
  services: readonly LiveService[],
  asOf: Instant,
): (email: string) => readonly AccountStep[] {
  const index = new LiveIndex(snapshot, services);
  const grants = new GrantReader(index, asOf);
  const actors = new Actors(index, grants, snapshot);
  const becoming = new BecomingReader(index, { grants, deny: new DenyReader(index), actors }, services);
  return (email) =>
    becoming.stepsTo(email).flatMap((step): readonly AccountStep[] => {
      const { hop, member } = step;
      const allow = actors.mayStart(member) ? becoming.strengthFor(step, { member, isStart: true }) : undefined;
      return allow === undefined ? [] : [{ hop, member, allow }];
    });
}
