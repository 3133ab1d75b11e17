import type { Backend } from "../../matrix/schema/generated/document.ts";

/** A text of the matrix, or a reference to a Terraform expression; the writer encodes the first and interpolates the second. */
export type Part = { readonly text: string } | { readonly reference: string };

/** One of them, or several that make one text. */
export type Value = Part | { readonly parts: readonly Part[] };

/** What one Terraform stack declares, as plain data: the matrix's meaning for the projects that share a state. */
export interface StackPlan {
  readonly name: string;
  readonly environment: string;
  /** The version constraint of hashicorp/google. */
  readonly provider: string;
  /** The oldest Terraform that takes what is written. */
  readonly terraform: string;
  /** Undefined: a local file beside the output folder. */
  readonly backend: Backend | undefined;
  readonly accounts: readonly AccountPlan[];
  readonly rows: readonly RowPlan[];
  readonly services: readonly ServicePlan[];
  readonly iapRows: readonly IapRowPlan[];
  readonly pools: readonly PoolPlan[];
  readonly providers: readonly ProviderPlan[];
  readonly impersonations: readonly ImpersonationPlan[];
  readonly grants: readonly GrantPlan[];
  readonly policies: readonly PolicyPlan[];
  readonly checks: readonly CheckPlan[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Addresses that Terraform forgets without destroying what they stand for. */
  readonly removed: readonly string[];
  readonly imports: readonly ImportPlan[];
  readonly outputs: StackOutputs;
}

/** Something that is there already, and joins the state. */
export interface ImportPlan {
  readonly to: string;
  /** Which instance of `to` it is, by its key of for_each. */
  readonly key?: string;
  readonly id: string;
}

/** A service account that the stack holds. */
export interface AccountPlan {
  /** The service or caller that runs as it; also the name in its address. */
  readonly key: string;
  readonly project: string;
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly description: string | undefined;
  readonly disabled: boolean;
  /** Whether somebody made it before the matrix: then it keeps the name and description that it has. */
  readonly adopted: boolean;
  /** Whether Terraform must refuse to replace it: that would destroy a previous account which may still call. */
  readonly guarded: boolean;
}

export type RowKind = "service" | "job";

/** Who may invoke one service or job in one region. */
export interface RowPlan {
  readonly key: string;
  readonly kind: RowKind;
  readonly project: string;
  readonly region: string;
  readonly name: string;
  readonly role: string;
  /** enforce: the row is exactly this. add: these are added, nobody is removed. */
  readonly mode: "add" | "enforce";
  readonly members: readonly MemberPlan[];
  /** Whether the stack makes the service as well. */
  readonly ownsService: boolean;
}

export interface MemberPlan {
  readonly member: Value;
  /** The member as IAM writes it. */
  readonly principal: string;
}

/** Who may come to one service in one region through Identity-Aware Proxy. */
export type IapRowPlan = Omit<RowPlan, "kind">;

/** A workload identity pool that the stack makes. */
export interface PoolPlan {
  /** The name in its address. */
  readonly address: string;
  readonly project: string;
  readonly id: string;
  readonly title: string;
  readonly disabled: boolean;
}

/** A provider that the stack makes, in a pool of its own or in one that was there before. */
export interface ProviderPlan {
  readonly address: string;
  readonly project: string;
  /** The id of its pool. */
  readonly pool: Value;
  readonly id: string;
  readonly disabled: boolean;
  /** In order of key. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly condition: string;
  readonly trust:
    | { readonly type: "aws"; readonly account: string }
    | {
        readonly type: "oidc";
        readonly issuer: string;
        readonly audiences: readonly string[];
        /** Keys of its own; undefined where Google asks the issuer. */
        readonly jwks: string | undefined;
      };
}

/** Who outside may act as one account. */
export interface ImpersonationPlan {
  /** enforce: of an account that the stack holds, exactly these. add: of another one these, beside whoever may already. */
  readonly mode: "add" | "enforce";
  /** Who holds the account; where these are added, the caller that they are. */
  readonly key: string;
  /** The callers that they are, sorted. */
  readonly callers: readonly string[];
  /** The account's email. */
  readonly email: string;
  /** The account's resource name. */
  readonly account: Value;
  readonly role: string;
  readonly members: readonly MemberPlan[];
}

/** One role for one member, which a caller needs beside its place in rows. */
export interface GrantPlan {
  readonly key: string;
  readonly on: { readonly project: string } | { readonly account: Value };
  readonly role: string;
  readonly member: Value;
}

/** A Cloud Run service that the stack makes. */
export interface ServicePlan {
  readonly key: string;
  readonly project: string;
  readonly region: string;
  readonly name: string;
  readonly image: string;
  readonly account: Value;
  readonly ingress: string;
  readonly invokerIamDisabled: boolean;
  readonly deletionProtection: boolean;
  /** Undefined where the provider in use does not know it. */
  readonly iapEnabled: boolean | undefined;
}

/** An organization policy on a project. */
export interface PolicyPlan {
  readonly project: string;
  /** The guardrail that it comes from; also part of its address. */
  readonly guardrail: string;
  readonly constraint: string;
  readonly rule: { readonly enforce: true } | { readonly allowedValues: readonly string[] };
}

/** What is asserted of a service that a pipeline deploys. */
export interface CheckPlan {
  readonly key: string;
  readonly project: string;
  readonly region: string;
  readonly name: string;
  readonly account: string;
  readonly ingress: string;
  readonly invokerIamDisabled: boolean;
}

export interface StackOutputs {
  /** The email of each service's account, by service. */
  readonly accounts: ReadonlyMap<string, Value>;
  /** The URL that callers name as audience, by service and region; only where the project's number is known. */
  readonly audiences: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** A SHA-256 over everything that the stack declares about access. */
  readonly hash: string;
}
