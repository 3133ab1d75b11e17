import type { Federation } from "../../federation/federation.ts";
import type { Project } from "../../matrix/model/environment.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { RowMember } from "../../matrix/model/row-members.ts";
import type { Caller, Service, World } from "../../matrix/model/world.ts";
import type { AccountPlan } from "./stack-plan.ts";

/**
 * Under which name a stack holds an account, by the account's email. Several services and callers may run as one
 * account; one of them at most holds it.
 */
export type HeldAccounts = ReadonlyMap<string, string>;

/** The part of one environment whose resources share a Terraform state. */
export interface StackScope {
  readonly matrix: Matrix;
  readonly world: World;
  readonly name: string;
  readonly projects: readonly Project[];
  /** In order of key; those that are gone left out. */
  readonly services: readonly Service[];
  readonly callers: readonly Caller[];
  readonly rows: ReadonlyMap<string, readonly RowMember[]>;
  /** Who comes through Identity-Aware Proxy, in the same way. */
  readonly iapRows: ReadonlyMap<string, readonly RowMember[]>;
  /** That of the whole environment. */
  readonly federation: Federation;
  readonly accounts: readonly AccountPlan[];
  readonly held: HeldAccounts;
}
