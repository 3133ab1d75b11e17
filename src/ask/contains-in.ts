import { listServices } from "../access/evaluate-access.ts";
import { LiveIndex } from "../access/live-index.ts";
import { parseMember } from "../access/member.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Contains } from "./steps.ts";

/** Whether sets hold principals, by a snapshot; without one nothing is known. */
export function containsIn(snapshot: Snapshot | null): Contains {
  if (snapshot === null) return () => false;
  const index = new LiveIndex(snapshot, listServices(snapshot));
  return (set, principal) => index.contains(parseMember(set), parseMember(principal));
}
