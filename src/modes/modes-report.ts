import type { Manage, Mode } from "../matrix/schema/generated/document.ts";
import type { Stage } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

/** Where each service stands on its way to enforcement, and what the next step would do. */
export interface ModesReport {
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which dates are judged, as an ISO timestamp. */
  readonly asOf: string;
  /** The snapshot that says what is live; null where none was given. */
  readonly snapshot: Pick<Snapshot, "finishedAt" | "sha256"> | null;
  /** Whether the snapshot holds everything that the answer needs. */
  readonly complete: boolean;
  readonly environments: readonly EnvironmentModes[];
}

export interface EnvironmentModes {
  readonly environment: string;
  readonly summary: Readonly<Record<Mode, number>>;
  /** By name. */
  readonly services: readonly ServiceModes[];
}

export interface ServiceModes {
  readonly service: string;
  readonly owner: string | undefined;
  readonly mode: Mode;
  readonly stage: Exclude<Stage, "gone">;
  /** What other Terraform states manage of its row in this environment, by the marks in the matrix. */
  readonly elsewhere: readonly string[];
  /**
   * The step of its row; undefined where there is none left, and where it has no row yet. Of a row that is enforced, it is
   * what the next apply does, where a snapshot shows that it is not as declared.
   */
  readonly row: RowStep | undefined;
  readonly account: AccountPlace;
}

/** observe → add → enforce. */
export interface RowStep {
  readonly to: Exclude<Mode, "observe">;
  readonly role: string;
  /** The row in each region; undefined without a snapshot. */
  readonly places: readonly RowPlace[] | undefined;
}

/** The row of a service in one region, and what Terraform would make of it. */
export interface RowPlace {
  readonly region: string;
  /** What was read of it. Of a row that was not read, nothing below is known. */
  readonly live: "read" | "partial" | "unread" | "absent";
  /** Why it was not read, or not all of it. */
  readonly reason: string | undefined;
  /** Declared members that are not in the row: add and enforce both add them. */
  readonly adds: readonly RowMemberStep[];
  /** Members that are not declared: enforce removes them, add does not. */
  readonly removes: readonly RowMemberStep[];
  /** Members with a condition. Terraform does not see it; nothing removes them. */
  readonly conditional: readonly RowMemberStep[];
}

export interface RowMemberStep {
  /** The member as IAM writes it. */
  readonly principal: string;
  /** The services and callers of the matrix that call as it. */
  readonly names: readonly string[];
  readonly activity: Activity;
}

/** When an account last authenticated to any Google API, which says nothing of what it called. */
export type Activity =
  | { readonly known: "seen"; readonly at: string }
  /** Not once in the time that Google looks back. */
  | { readonly known: "none" }
  /** A member whose account is deleted: it opens nothing. */
  | { readonly known: "deleted" }
  | { readonly known: "unread"; readonly reason: string }
  /** The snapshot was made without asking, or it is no account. */
  | { readonly known: "not-asked" | "no-account" };

/** adopt, reference and email → create. */
export interface AccountPlace {
  readonly manage: Manage | "email";
  readonly email: string;
  /** What other Terraform states manage of it, by the marks in the matrix. It keeps no row from being enforced. */
  readonly elsewhere: readonly string[];
  /** What `manage: create` with an account of its own would change; undefined where it has that already. */
  readonly step: AccountStep | undefined;
}

export interface AccountStep {
  /** The account that it would run as. */
  readonly to: string;
  /** Whether that account is there already, so that it must be adopted and cannot be created. */
  readonly exists: boolean | undefined;
  /** What it calls: rows that would hold the new account, and the old one as long as previousAccounts says so. */
  readonly callees: readonly string[];
  /** Other services that run as the old account, by the matrix. */
  readonly sharedWith: readonly string[];
  /** Whether its old account stands in previousAccounts already. */
  readonly isPrevious: boolean;
}
