import { permissions } from "../access/permissions.ts";
import { builtInRole } from "../gcp/builtin-roles.ts";
import type { RoleRecord } from "../snapshot/snapshot.ts";
import { groupBy } from "../words/group-by.ts";
import type { AuditEntry, AuditLevel } from "./audit-entry.ts";

/** What a grant lets its member do, the gravest first. */
export type Way = "invoke" | "pass-iap" | "become" | "run-as" | "write-policy" | "unknown-role";

const become: readonly string[] = [
  permissions.getOpenIdToken,
  permissions.getAccessToken,
  permissions.signJwt,
  permissions.signBlob,
  permissions.implicitDelegation,
  permissions.createKey,
  permissions.setAccountPolicy,
];
/** How a project lets somebody in through an account that lives there. */
type GrantLevel = AuditLevel | "home";

const setProject = [permissions.setProjectPolicy, permissions.setServicePolicy, permissions.updateRole] as const;
const above: readonly (readonly [Way, readonly string[]])[] = [
  ["invoke", [permissions.invokeService, permissions.runJob]],
  ["pass-iap", [permissions.passIap]],
  ["become", become],
  ["run-as", [permissions.actAs]],
];

/** By where a role is granted: a role of a service says nothing of accounts. */
const ways: Readonly<Record<GrantLevel, readonly (readonly [Way, readonly string[]])[]>> = {
  service: [
    ["invoke", [permissions.invokeService]],
    ["write-policy", [permissions.setServicePolicy]],
  ],
  job: [
    ["invoke", [permissions.runJob]],
    ["write-policy", [permissions.setServicePolicy]],
  ],
  iap: [["pass-iap", [permissions.passIap]]],
  account: [
    ["become", become],
    ["run-as", [permissions.actAs]],
  ],
  home: [
    ["become", become],
    ["run-as", [permissions.actAs]],
    ["write-policy", [permissions.setProjectPolicy, permissions.updateRole]],
  ],
  project: [...above, ["write-policy", setProject]],
  folder: [...above, ["write-policy", [...setProject, permissions.setFolderPolicy]]],
  organization: [
    ...above,
    ["write-policy", [...setProject, permissions.setFolderPolicy, permissions.setOrganizationPolicy]],
  ],
};

/**
 * What each role opens where it is granted. Custom roles are those of snapshots; the rest is the table that is built in.
 * A role that changed is all that it is known to have been, and more than that nobody knows.
 */
export class RoleWays {
  readonly #records: ReadonlyMap<string, readonly RoleRecord[]>;
  readonly #told = new Map<string, Set<string>>();
  readonly #changed = new Set<string>();
  readonly #found = new Map<string, Way | undefined>();

  /**
   * @param records of the start and of the end: a role may be in it twice
   * @param entries of the logs, of which those of roles count
   */
  constructor(records: readonly RoleRecord[], entries: readonly AuditEntry[]) {
    this.#records = groupBy(records, ({ name }) => name);
    for (const { effect, isFailed } of entries) {
      if (isFailed || effect.kind !== "other" || effect.role === undefined) continue;
      const { name, isNew, permissions: named } = effect.role;
      this.#told.set(name, new Set([...(this.#told.get(name) ?? []), ...named]));
      if (!isNew) this.#changed.add(name);
    }
  }

  /** Undefined for a role that opens nothing there. */
  wayOf(role: string, level: GrantLevel): Way | undefined {
    const key = `${level} ${role}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#wayOf(role, level));
    return this.#found.get(key);
  }

  #wayOf(role: string, level: GrantLevel): Way | undefined {
    const live = (this.#records.get(role) ?? []).map((record) => record.permissions);
    const builtIn = live.length === 0 ? builtInRole(role) : undefined;
    const readings = builtIn === undefined ? live : [builtIn];
    const held = new Set([
      ...readings.flatMap((reading) => ("value" in reading ? reading.value : [])),
      ...(this.#told.get(role) ?? []),
    ]);
    const found = ways[level].find(([, wanted]) => wanted.some((each) => held.has(each)))?.[0];
    const isKnown =
      readings.length > 0 && readings.every(({ status }) => status === "read") && !this.#changed.has(role);
    return found ?? (isKnown ? undefined : "unknown-role");
  }
}
