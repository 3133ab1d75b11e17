/**
 * What many callers share stands between them and what it opens: an account that several run as, or a set. Ten thousand
 * members of a set that may call ten thousand services are twenty thousand steps so, not a hundred million.
 */
const HUB = "\u0000";

export function isHub(name: string): boolean {
  return name.startsWith(HUB);
}

/** The hub of one caller alone. */
export function ownHub(caller: string): string {
  return `${HUB}${caller}`;
}

/** The hub of those that call as one principal. */
export function accountHub(principal: string): string {
  return `${HUB}${HUB}${principal}`;
}

/** The hub of those in a set whom deny policies treat alike. */
export function setHub(set: string, denyClass: string): string {
  return `${HUB}${HUB}${set}${HUB}${denyClass}`;
}
