import { valueOf } from "../snapshot/value-of.ts";
import type { LiveIndex } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";
import { isServiceAgent } from "./service-agents.ts";

/** Whether a set holds a principal, as far as it was read. */
export type Holding = "yes" | "no" | "maybe";

/** Whether members of policies stand for more than themselves. */
export function isSetOfMany({ kind }: Member): boolean {
  switch (kind) {
    case "allUsers":
    case "allAuthenticatedUsers":
    case "domain":
    case "accounts-below":
    case "convenience":
    case "group":
      return true;
    default:
      return false;
  }
}

/**
 * Whether a set holds a principal. A group as the principal is all of its members: `yes` where each is surely in.
 * docs: /iam/docs/principals-overview
 */
export function holding(set: Member, member: Member, index: LiveIndex): Holding {
  if (set.principal === member.principal || member.kind === "deleted") return "no";
  switch (set.kind) {
    case "allUsers":
      return "yes";
    case "allAuthenticatedUsers":
      return isSignedIn(member);
    case "domain":
      return inDomain(set.domain, member, index);
    case "accounts-below":
      return inAccountsBelow(set.container, member, index);
    case "convenience":
      // Whoever is named there was counted out where the project's policy was read.
      return index.containers.get(`projects/${set.project}`)?.policy.status !== "read" && isIdentity(member)
        ? "maybe"
        : "no";
    case "group":
      return inGroup(set.email, member, index);
    default:
      return "no";
  }
}

function isIdentity({ kind }: Member): boolean {
  return kind === "user" || kind === "serviceAccount" || kind === "group";
}

function isSignedIn(member: Member): Holding {
  return isIdentity(member) || member.kind === "domain" || member.kind === "accounts-below" ? "yes" : "no";
}

/** A Workspace account can have users of other domains, which only its administrators see. */
function inDomain(domain: string, member: Member, index: LiveIndex): Holding {
  if (member.kind === "user") return member.email.endsWith(`@${domain}`) ? "yes" : "maybe";
  return member.kind === "group" ? everyMember(member.email, index, (each) => inDomain(domain, each, index)) : "no";
}

/** Accounts that people make: Google's own agents are none of a project's. */
function inAccountsBelow(container: string, member: Member, index: LiveIndex): Holding {
  if (member.kind === "group")
    return everyMember(member.email, index, (each) => inAccountsBelow(container, each, index));
  if (member.kind !== "serviceAccount" || isServiceAgent(member.email)) return "no";
  const { emails, complete } = index.accountsBelow(container);
  if (emails.has(member.email)) return "yes";
  if (complete) return "no";
  // Whose project lies elsewhere, as far up as there is anything, is not below.
  const home = index.homeOf(member.email);
  const isPlaced =
    home !== undefined && index.ancestorsOf(home).every(({ container: at }) => valueOf(at?.details) !== undefined);
  return isPlaced ? "no" : "maybe";
}

function inGroup(email: string, member: Member, index: LiveIndex): Holding {
  if (index.groupMembers(email)?.has(member.principal) === true) return "yes";
  if (!isIdentity(member)) return "no";
  if (index.group(email)?.members.status !== "read") return "maybe";
  // Members of groups within are listed with it, but for those of groups that could not be read.
  return index.groupMembersAsWritten(email).some((written) => {
    const inner = parseMember(written);
    if (inner.kind !== "group" || inner.principal === member.principal) return false;
    const reading = index.group(inner.email)?.members;
    return reading !== undefined && reading.status !== "read";
  })
    ? "maybe"
    : "no";
}

function everyMember(email: string, index: LiveIndex, isIn: (member: Member) => Holding): Holding {
  if (index.group(email)?.members.status !== "read") return "maybe";
  const members = index
    .groupMembersAsWritten(email)
    .map((written) => parseMember(written))
    // Those within groups within are listed themselves.
    .filter(({ kind }) => kind !== "group");
  const found = new Set(members.map(isIn));
  if (found.size !== 1) return members.length === 0 ? "no" : "maybe";
  return [...found][0] ?? "no";
}
