import type { PoolRecord, ProviderRecord, Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** The pools and providers of a snapshot, by resource name. */
export interface LiveFederation {
  /** `unread` where it was not found and not everything was read. */
  readonly poolOf: (project: string, name: string) => PoolRecord | "absent" | "unread";
  readonly providerOf: (pool: PoolRecord, name: string) => ProviderRecord | "absent" | "unread";
}

export function liveFederation({ projects }: Pick<Snapshot, "projects">): LiveFederation {
  return {
    poolOf: (project, name) => {
      const reading = projects.find((each) => each.project === project)?.pools;
      return valueOf(reading)?.find((pool) => pool.name === name) ?? (reading?.status === "read" ? "absent" : "unread");
    },
    providerOf: ({ providers }, name) =>
      valueOf(providers)?.find((provider) => provider.name === name) ??
      (providers.status === "read" ? "absent" : "unread"),
  };
}
