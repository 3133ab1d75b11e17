import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";

/** What tests change of a service, where all was read. */
export interface MutableRecord {
  name: string;
  region: string;
  account: string;
  ingress: string;
  invokerCheckDisabled: boolean;
  labels?: Record<string, string>;
  policy: { status: string; value: { bindings: { role: string; members: string[] }[] } };
}

/** A snapshot of which everything was read, to be changed. */
export interface MutableSnapshot {
  finishedAt: string;
  projects: {
    project: string;
    services: { value: MutableRecord[] };
    jobs: { value: MutableRecord[] };
    accounts: { value: string[] };
  }[];
  accounts: { email: string }[];
}

/** Another snapshot: a copy that was changed, sealed again. */
export function edited(snapshot: Snapshot, edit: (copy: MutableSnapshot) => void): Snapshot {
  // Fleets without hostile extras are read in whole, so that every reading has a value.
  const copy = structuredClone(snapshot) as unknown as MutableSnapshot;
  edit(copy);
  const { sha256: _before, ...content } = copy as unknown as Snapshot;
  return sealSnapshot(content);
}
