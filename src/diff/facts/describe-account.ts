import type { Account } from "../../matrix/model/world.ts";
import type { Json } from "../fact.ts";

/** An account as facts show it: of one elsewhere there is only the email. */
export function accountJson(account: Account): Json {
  return account.source === "elsewhere" ? { email: account.email } : { email: account.email, manage: account.manage };
}
