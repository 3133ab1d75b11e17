import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import type { LiveService } from "./access.ts";
import { Actors } from "./actors.ts";
import { BecomingReader, type Step } from "./becoming.ts";
import { DenyReader } from "./deny.ts";
import { type Allow, GrantReader } from "./grants.ts";
import { LiveIndex } from "./live-index.ts";
import type { Member } from "./member.ts";
import { agentOwner } from "./service-agents.ts";

/** A grant by which whoever it names can act as an account, and how surely. */
export interface AccountStep extends Pick<Step, "hop" | "member"> {
  readonly allow: Allow;
}

interface AccountStepOptions {
  /** Whether grants count whose condition does not hold yet, and will. */
  readonly countsLater?: boolean;
  /** The project of an account that no project lists, where its policy was read. */
  readonly homeOf?: (email: string) => string | undefined;
  /** Whether an owner of agents of Google (a project's number, `folders/N`, `organizations/N`) is one of ours: agents of others do not work for us. */
  readonly isOurs?: (owner: string) => boolean;
}

/**
 * Makes the answer to who can act as an account, by every grant on it, its project and above, whatever else they can do.
 * Members that can do nothing are left out: those who are deleted, agents of Google, and pools that are off.
 */
export function accountSteps(
  snapshot: Snapshot,
  services: readonly LiveService[],
  asOf: Instant,
  { countsLater = false, homeOf, isOurs }: AccountStepOptions = {},
): (email: string) => readonly AccountStep[] {
  const index = new LiveIndex(snapshot, services);
  const grants = new GrantReader(index, asOf, countsLater);
  const actors = new Actors(index, grants, snapshot);
  const homeIn = (email: string): string | undefined => index.homeOf(email) ?? homeOf?.(email);
  const becoming = new BecomingReader(index, { grants, deny: new DenyReader(index), actors }, services, homeIn);
  const isForeign = ({ kind, principal }: Member): boolean => {
    const owner = kind === "serviceAccount" ? agentOwner(principal.slice("serviceAccount:".length)) : undefined;
    return owner !== undefined && isOurs?.(owner) === false;
  };
  return (email) =>
    becoming.stepsTo(email).flatMap((step): readonly AccountStep[] => {
      const { hop, member } = step;
      const allow =
        actors.mayStart(member) || isForeign(member)
          ? becoming.strengthFor(step, { member, isStart: true })
          : undefined;
      return allow === undefined ? [] : [{ hop, member, allow }];
    });
}
