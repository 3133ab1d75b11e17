import type { permissions } from "../access/permissions.ts";
import type { InvokerRole, Kind } from "../matrix/schema/generated/document.ts";

/**
 * Everything that this program knows of one kind of callee. A new kind is a file with one of these and a line in the
 * registry; the schema, rules, Terraform, wiring, drift and docs follow from it.
 */
export interface CalleeKindDefinition<K extends Kind> extends RunResource {
  readonly kind: K;
  /** What it is, with its article, as the schema lists kinds: `a job`. */
  readonly words: string;
  /** Whether Terraform makes it where an image is written; all others are deployed by something else. */
  readonly terraformMakes: boolean;
  /**
   * Whether one that runs as its Cloud Run resource is of this kind, by the labels and annotations that Google's API
   * answers. Absent: it is what is left.
   */
  readonly isMarked?: (labels: Marks, annotations: Marks) => boolean;
}

export type Marks = Readonly<Record<string, unknown>>;

/** What of Cloud Run carries the rows of a callee: a resource with a policy of its own. */
export interface RunResource {
  /** Its name in texts, and in Terraform's addresses and types: `google_cloud_run_v2_service`. */
  readonly resource: "service" | "job";
  /** Its name in the paths of the API, in gcloud's commands, and of the list in snapshots that holds it. */
  readonly collection: "services" | "jobs";
  /** Whether it is called by requests to a URL of its own: else it has no ingress, no proxy, and cannot be public. */
  readonly takesRequests: boolean;
  /** Whether callers show an ID token for an audience, or an access token. */
  readonly credential: "id-token" | "access-token";
  /** What whoever calls it must hold. */
  readonly permission: (typeof permissions)["invokeService" | "runJob"];
  readonly roles: {
    /** To be granted where nobody says which. */
    readonly usual: InvokerRole;
    /** Opens this resource and no other. */
    readonly narrow: InvokerRole;
    /** Does not open it, and what it does not do. */
    readonly misfit: { readonly role: InvokerRole; readonly lacks: string };
  };
  /** How many characters its name may have. */
  readonly longestName: number;
  /** Where it is called, and the audience of the token; undefined where that hangs on what is not known. */
  readonly addressOf: (place: CalleePlace) => CalleeAddress | undefined;
  /** What a caller is told of it: how it is called, where that is not as usual. */
  readonly notes: readonly string[];
}

/** Where a callee is deployed. */
export interface CalleePlace {
  readonly project: { readonly id: string; readonly number: string | undefined };
  readonly region: string;
  readonly name: string;
}

export interface CalleeAddress {
  readonly url: string;
  /** Null where an access token is asked for, which has none. */
  readonly audience: string | null;
}
