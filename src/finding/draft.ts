import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { Severity } from "./severity.ts";

/** A finding as a rule makes it: where by path (or, for broken YAML, by span), severity left to the rule and the matrix. */
export interface Draft {
  readonly message: string;
  readonly help?: string;
  readonly at: Place | Span;
  readonly related?: readonly { readonly message: string; readonly at: Place | Span }[];
  /** The environment it is about; none where it is about the file itself. */
  readonly environment?: string;
  /** What exceptions match it by. */
  readonly service?: string;
  /** Where it is about several services alike, all of them: an exception for any one matches. */
  readonly services?: readonly string[];
  readonly caller?: string;
  /** Where it is about several callers alike, all of them. */
  readonly callers?: readonly string[];
  /** Where each of the callers can be excepted by itself: what to say of those that are left, or taken out. */
  readonly tell?: (callers: readonly string[]) => Pick<Draft, "message" | "help">;
  /** Whether an exception must match each of the services and callers, because what it accepts is that they are together. */
  readonly together?: true;
  /** The rule of the matrix itself that it breaks, by name: exceptions may name that. */
  readonly guardrail?: string;
  /** The severity, where the matrix itself sets it for this one. */
  readonly severity?: Severity;
}
