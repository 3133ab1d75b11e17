import type { UnreadEntry } from "../../drift/drift-report.ts";
import type { Answer } from "../answer.ts";

/** How a caller from outside comes to be the account that it calls as: grants at a callee are the account's. */
export interface OutsideAnswer {
  /** Who it is, in a few words, not escaped: `repository acme/shop, branch main`. */
  readonly workload: string;
  /** The email of the account. */
  readonly account: string;
  /** Who may act as the account, as policies write it; null where nobody knows the number of the pool's project. */
  readonly member: string | null;
  /** The ids of what takes its token; null where it needs none, as pods do. */
  readonly pool: string | null;
  readonly provider: string | null;
  /** Whether it can act as the account; null where only the matrix was asked. */
  readonly answer: Answer | null;
  /** What is in its way, surely or perhaps. */
  readonly lacks: readonly OutsideLack[];
  /** What was not read, where it bears on the answer. */
  readonly unread: readonly UnreadEntry[];
}

/** account: it cannot be anybody's. grant: who may act as it. provider: the pool or provider. differs: what the provider takes. */
export interface OutsideLack {
  readonly kind: "account" | "grant" | "provider" | "differs";
  /** Whether that alone keeps the caller from being the account. */
  readonly isSure: boolean;
  /** A clause, not escaped. */
  readonly message: string;
  readonly fix: string;
}

/** Answers that hang on each other: the less sure one holds. */
export function lessSure(a: Answer, b: Answer): Answer {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

const order: readonly Answer[] = ["yes", "conditional", "unknown", "no"];
