import type { Match, Trust } from "../callers/outside.ts";
import type { Project } from "../matrix/model/environment.ts";
import type { Account } from "../matrix/model/world.ts";

/** Who outside may act as which account in one environment, and the pools and providers that this takes. */
export interface Federation {
  /** By project, then id. */
  readonly pools: readonly Pool[];
  /** One for each caller with somebody outside, by key. */
  readonly impersonations: readonly Impersonation[];
}

/** A workload identity pool. docs: iam v1 `projects.locations.workloadIdentityPools` */
export interface Pool {
  readonly project: Project;
  /** 4 to 32 of a to z, 0 to 9 and the hyphen. */
  readonly id: string;
  /** made: by Terraform. named: it was there before, and is used. */
  readonly origin: "made" | "named";
  readonly title: string;
  /** Whether nobody of it may call anything at this moment: it stays, since a deleted id is blocked for 30 days. */
  readonly disabled: boolean;
  /** By id. */
  readonly providers: readonly Provider[];
}

export interface Provider {
  readonly id: string;
  readonly origin: "made" | "named";
  readonly disabled: boolean;
  readonly trust: Trust;
  /** CEL, at most 4,096 characters; never empty for a provider that is made. */
  readonly condition: string;
  /** `google.subject` and `attribute.NAME` with their CEL expressions, in order of name. Empty where the provider is named. */
  readonly mapping: ReadonlyMap<string, string>;
  /** The keys of the callers that show their tokens to it, sorted. */
  readonly callers: readonly string[];
}

/** One caller's right to act as its account. */
export interface Impersonation {
  readonly caller: string;
  readonly account: Account;
  readonly by:
    | { readonly kind: "known"; readonly principal: string }
    | { readonly kind: "pooled"; readonly pool: Pool; readonly provider: Provider; readonly match: Match };
}

/** What whoever impersonates has to hold on the account. Alone it is enough to mint ID tokens. */
export const IMPERSONATOR_ROLE = "roles/iam.workloadIdentityUser";
