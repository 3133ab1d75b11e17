import { permissions } from "../access/permissions.ts";
import { builtInRole } from "../gcp/builtin-roles.ts";
import type { RoleRecord } from "../snapshot/snapshot.ts";
import type { AuditLevel } from "./audit-entry.ts";

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
const setProject = [permissions.setProjectPolicy, permissions.setServicePolicy, permissions.updateRole] as const;
const above: readonly (readonly [Way, readonly string[]])[] = [
  ["invoke", [permissions.invokeService, permissions.runJob]],
  ["pass-iap", [permissions.passIap]],
  ["become", become],
  ["run-as", [permissions.actAs]],
];

/** By where a role is granted: a role of a service says nothing of accounts. */
const ways: Readonly<Record<AuditLevel, readonly (readonly [Way, readonly string[]])[]>> = {
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
  project: [...above, ["write-policy", setProject]],
  folder: [...above, ["write-policy", [...setProject, permissions.setFolderPolicy]]],
  organization: [
    ...above,
    ["write-policy", [...setProject, permissions.setFolderPolicy, permissions.setOrganizationPolicy]],
  ],
};

/** What each role opens where it is granted. Custom roles are those of a snapshot; the rest is the table that is built in. */
export class RoleWays {
  readonly #records: ReadonlyMap<string, RoleRecord>;

  constructor(records: readonly RoleRecord[]) {
    this.#records = new Map(records.map((record) => [record.name, record]));
  }

  /** Undefined for a role that opens nothing there. */
  wayOf(role: string, level: AuditLevel): Way | undefined {
    const reading = this.#records.get(role)?.permissions ?? builtInRole(role);
    if (reading === undefined || !("value" in reading)) return "unknown-role";
    const found = ways[level].find(([, wanted]) => wanted.some((each) => reading.value.includes(each)))?.[0];
    return found ?? (reading.status === "read" ? undefined : "unknown-role");
  }
}
