import { isServiceAgent } from "../../../src/access/service-agents.ts";

/** A member with its email in lower case, which is how rows carry it. */
export function normalizeMember(member: string): string {
  return /^(?:user|serviceAccount|group|domain):/.test(member) && !isFederated(member)
    ? member.replace(/:.*$/s, (rest) => rest.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()))
    : member;
}

const everyAccountOf = /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/([a-z]+\/\d+)\/type\/ServiceAccount$/;

/** `projects/N`, `folders/N` or `organizations/N` of the set of all service accounts below it. */
export function accountSetOf(member: string): string | undefined {
  return everyAccountOf.exec(member)?.[1];
}

export function isDeleted(member: string): boolean {
  return member.startsWith("deleted:");
}

/** Google's own identities in spellings of other policies: a row of their own, like whatever nobody knows. */
export function isOtherSpelling(member: string): boolean {
  const isGoogle = /^principal(?:Set)?:\/\/(?:cloudresourcemanager\.googleapis\.com|goog)\//.test(member);
  return isGoogle && accountSetOf(member) === undefined;
}

/** Federated, GKE, workforce and agent principals. */
export function isFederated(member: string): boolean {
  if (accountSetOf(member) !== undefined || isOtherSpelling(member)) return false;
  return /^principal(?:Set)?:\/\//.test(member) || /^serviceAccount:[^@]*\.svc\.id\.goog\[.*\]$/.test(member);
}

/** IAP lets people of workforce pools in; Cloud Run itself takes nobody who is federated. */
export function isTaken(member: string, ring: "direct" | "iap"): boolean {
  return (
    !isFederated(member) ||
    (ring === "iap" && member.includes("://iam.googleapis.com/locations/global/workforcePools/"))
  );
}

export function makesRow(member: string, ring: "direct" | "iap"): boolean {
  return !isDeleted(member) && isTaken(member, ring);
}

/** The address of a `user:`, `serviceAccount:` or `group:` member, in lower case. */
export function emailIn(prefix: "user" | "serviceAccount" | "group" | "domain", member: string): string | undefined {
  const normal = normalizeMember(member);
  return normal.startsWith(`${prefix}:`) && !isFederated(member) ? normal.slice(prefix.length + 1) : undefined;
}

export function isAgent(member: string): boolean {
  const email = emailIn("serviceAccount", member);
  return email !== undefined && isServiceAgent(email);
}

/** The basic role and the project of `projectOwner:P` and its like. */
export function convenienceOf(member: string): { readonly role: string; readonly project: string } | undefined {
  const [, name = "", project = ""] = /^project(Owner|Editor|Viewer):(.+)$/.exec(member) ?? [];
  return name === "" ? undefined : { role: `roles/${name.toLowerCase()}`, project };
}

/** The sets that name nobody: everybody is in them, or everybody of a kind. */
export function isPublicSet(member: string): boolean {
  return member === "allUsers" || member === "allAuthenticatedUsers" || normalizeMember(member).startsWith("domain:");
}

/** Whether a public set contains a principal, by the look of both. */
export function publicSetContains(set: string, principal: string): boolean {
  if (set === principal) return false;
  if (set === "allUsers") return true;
  if (set === "allAuthenticatedUsers") return /^(?:user|serviceAccount):/.test(principal) && !isFederated(principal);
  const domain = emailIn("domain", set);
  return domain !== undefined && (emailIn("user", principal)?.endsWith(`@${domain}`) ?? false);
}
