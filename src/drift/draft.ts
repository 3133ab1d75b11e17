import type { Path } from "../access/access.ts";
import type { Severity } from "../finding/severity.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Confidence } from "./drift-report.ts";

/** A finding as a rule makes it: without what matrix, exceptions and applied state make of it. */
export interface Draft {
  /** Where the rule alone does not say it. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  readonly fix?: string;
  /** Keys of services of the matrix, and resources of others. */
  readonly services: readonly string[];
  readonly principal?: string;
  /** The caller of the matrix that it is about. */
  readonly caller?: string;
  readonly resource?: string;
  readonly role?: string;
  readonly paths?: readonly Path[];
  /** What makes it this finding and no other, beside the rule and the environment. */
  readonly identity: readonly (string | null)[];
  /** Where the matrix says what it is about. */
  readonly at?: Place;
  /** The exception of the matrix that the rule's own evaluation used up, or the `never` rule that it stands for. */
  readonly guardrail?: string;
  /** What an apply that is outstanding would do about it. */
  readonly pending?: Pending;
}

/** A member of a row, as IAM writes it. */
export interface RowMember {
  readonly resource: string;
  readonly role: string;
  readonly member: string;
}

/** A change on its way that would make a finding go. */
export type Pending =
  /** Terraform makes it, when the stack is applied; unless it made it before, and somebody took it away. */
  | { readonly kind: "addition"; readonly stack: string; readonly grant?: RowMember }
  /** Terraform made it once as it is (a member of a row, or what a provider lets in), and ends it with the next apply. */
  | ({ readonly kind: "removal"; readonly stack: string } & RowMember)
  /** It ended at this moment; policies take minutes to follow. */
  | { readonly kind: "ended"; readonly end: number };
