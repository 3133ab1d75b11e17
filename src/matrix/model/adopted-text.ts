import { addDays, type Instant } from "../../time/instant.ts";

/** How every reason begins that `matrix adopt` wrote and no person has replaced yet. */
export const ADOPTED = "adopted: ";

/** The owner of what nobody is known to own. */
export const UNASSIGNED = "unassigned";

/** How the id of an exception begins that `matrix adopt` wrote. */
export const ADOPTED_ID = "ADOPT-";

/** How long an exception stands that nobody has looked at, in days. */
const STANDS_DAYS = 90;

export function isAdopted(reason: string | undefined): boolean {
  return reason?.startsWith(ADOPTED) === true;
}

/** The day of a moment, in UTC. */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function adoptedReason(seen: Instant, what: string): string {
  return `${ADOPTED}seen ${dayOf(seen)}, ${what}`;
}

export function exceptionEnd(seen: Instant): string {
  return dayOf(addDays(seen, STANDS_DAYS));
}

/** The key under which a service names what other Terraform states manage of it: read by adopt and modes only. */
export const ELSEWHERE_KEY = "x-terraform-elsewhere";

/** The same for its account. */
export const ELSEWHERE_ACCOUNT_KEY = "x-terraform-elsewhere-account";
