import { parseMember } from "../access/member.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { Activity } from "./modes-report.ts";

/** When the account behind a member last authenticated, as far as a snapshot says. */
export function activityReader({ accounts }: Snapshot): (principal: string) => Activity {
  const byEmail = new Map(accounts.map((account) => [account.email, account]));
  return (principal) => {
    const member = parseMember(principal);
    if (member.kind === "deleted") return { known: "deleted" };
    if (member.kind !== "serviceAccount") return { known: "no-account" };
    const reading = byEmail.get(member.email)?.lastAuthenticated;
    if (reading === undefined) return { known: "not-asked" };
    if (reading.status !== "read") return { known: "unread", reason: reading.reason };
    const at = valueOf(reading);
    return at === null || at === undefined ? { known: "none" } : { known: "seen", at };
  };
}
