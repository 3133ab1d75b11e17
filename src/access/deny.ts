import type { DenyRule } from "../snapshot/snapshot.ts";
import { type Ancestor, type LiveIndex } from "./live-index.ts";
import type { Member } from "./member.ts";
import { watchedPermissions } from "./permissions.ts";
import { isOrdinaryAccount } from "./service-agents.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** What the deny policies above a resource say of one principal. */
export interface Denial {
  readonly deny: "certain" | "possible" | "none";
  /** Whether some of them could not be read. */
  readonly unread: boolean;
}

type Match = "yes" | "maybe" | "no";

/** Asks the deny policies of a project and of everything above it about a permission. Answers are remembered. */
export class DenyReader {
  readonly #index: LiveIndex;
  readonly #known = new Map<string, Map<string, Denial>>();

  constructor(index: LiveIndex) {
    this.#index = index;
  }

  /** docs: /iam/docs/deny-overview — deny policies are evaluated before allow policies, along the whole hierarchy. */
  denialOf(project: string, permission: string, member: Member): Denial {
    const key = `${project} ${permission}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = new Map()));
    const before = known.get(member.principal);
    if (before !== undefined) return before;
    const denial = this.#judge(this.#index.ancestorsOf(project), denyName(permission), member);
    known.set(member.principal, denial);
    return denial;
  }

  #judge(ancestors: readonly Ancestor[], permission: string, member: Member): Denial {
    let deny: Denial["deny"] = "none";
    let unread = false;
    for (const { container } of ancestors) {
      if (container?.deny.status !== "read") unread = true;
      // Whoever hangs above a container whose parent is not known may deny as well.
      if (container !== undefined && valueOf(container.details) === undefined) unread = true;
      for (const rule of (valueOf(container?.deny) ?? []).flatMap(({ rules }) => rules)) {
        const match = this.#ruleMatches(rule, permission, member);
        if (match === "yes") deny = "certain";
        else if (match === "maybe" && deny === "none") deny = "possible";
      }
    }
    return { deny, unread };
  }

  #ruleMatches(rule: DenyRule, permission: string, member: Member): Match {
    const listed = anyOf(rule.deniedPermissions, (pattern) => permissionMatches(pattern, permission));
    const excepted = anyOf(rule.exceptionPermissions, (pattern) => permissionMatches(pattern, permission));
    const denied = anyOf(rule.deniedPrincipals, (text) => this.#principalMatches(text, member));
    const spared = anyOf(rule.exceptionPrincipals, (text) => this.#principalMatches(text, member));
    if (listed === "no" || excepted === "yes" || denied === "no" || spared === "yes") return "no";
    // A set may hold somebody who is excepted.
    const isPunctured = isSet(member) && rule.exceptionPrincipals.length > 0;
    const isSure = listed === "yes" && denied === "yes" && excepted === "no" && spared === "no";
    return isSure && rule.condition === undefined && !isPunctured ? "yes" : "maybe";
  }

  /** docs: /iam/docs/principal-identifiers, v2 identifiers */
  #principalMatches(text: string, member: Member): Match {
    if (text === "principalSet://goog/public:all") return "yes";
    if (member.kind === "group") return this.#matchesGroup(text, member);
    if (isSet(member)) return "no";
    const subject = /^principal:\/\/goog\/subject\/(.+)$/.exec(text)?.[1];
    if (subject?.includes("@") === true) return is("email" in member && member.email === subject.toLowerCase());
    const account = /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/(.+)$/.exec(text)?.[1];
    if (account?.includes("@") === true) {
      return is(member.kind === "serviceAccount" && member.email === account.toLowerCase());
    }
    const group = /^principalSet:\/\/goog\/group\/(.+)$/.exec(text)?.[1];
    if (group !== undefined) return this.#isInGroup(group.toLowerCase(), member);
    const set = /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/([^/]+\/\d+)\/type\/(.+)$/.exec(text);
    if (set?.[2] === "ServiceAccount") return this.#isAccountBelow(set[1] ?? "", member);
    if (set?.[2] === "ServiceAgent") {
      // Google has more agents than any table.
      return member.kind === "serviceAccount" && !isPlainAccount(member.email) ? "maybe" : "no";
    }
    if (text.startsWith("principalSet://goog/cloudIdentityCustomerId/")) return member.kind === "user" ? "maybe" : "no";
    if (/^principal(Set)?:\/\/iam\.googleapis\.com\/.*(workloadIdentityPools|workforcePools)\//.test(text)) {
      return member.kind === "user" || member.kind === "serviceAccount" ? "no" : "maybe";
    }
    return "maybe";
  }

  /** A group as one principal: who denies its members one by one does not deny the group. */
  #matchesGroup(text: string, member: Member & { readonly email: string }): Match {
    const group = /^principalSet:\/\/goog\/group\/(.+)$/.exec(text)?.[1]?.toLowerCase();
    if (group === member.email) return "yes";
    if (group !== undefined) return this.#isInGroup(group, member);
    const isOther =
      /^principal:\/\/(goog\/subject|iam\.googleapis\.com)\/|^principalSet:\/\/(iam|cloudresourcemanager)\.googleapis\.com\//.test(
        text,
      );
    return isOther ? "no" : "maybe";
  }

  #isInGroup(group: string, { principal, kind }: Member): Match {
    const reading = this.#index.group(group)?.members;
    if (this.#index.groupMembers(group)?.has(principal) === true) return "yes";
    if (reading?.status === "read") return "no";
    return kind === "user" || kind === "serviceAccount" || kind === "group" ? "maybe" : "no";
  }

  #isAccountBelow(container: string, member: Member): Match {
    if (member.kind !== "serviceAccount") return "no";
    const { emails, complete } = this.#index.accountsBelow(container);
    return emails.has(member.email) ? "yes" : complete ? "no" : "maybe";
  }
}

/** Members that stand for many, of whom a rule would have to deny each. */
function isSet({ kind }: Member): boolean {
  switch (kind) {
    case "allUsers":
    case "allAuthenticatedUsers":
    case "domain":
    case "convenience":
    case "accounts-below":
    case "group":
      return true;
    default:
      return false;
  }
}

/** An account that by its address is surely no agent of Google's. */
function isPlainAccount(email: string): boolean {
  return isOrdinaryAccount(email) && !/^service-(?:(?:folder|org)-)?\d+@|@gcp-sa-/.test(email);
}

function is(condition: boolean): Match {
  return condition ? "yes" : "no";
}

function anyOf(texts: readonly string[], match: (text: string) => Match): Match {
  let best: Match = "no";
  for (const text of texts) {
    const each = match(text);
    if (each === "yes") return "yes";
    if (each === "maybe") best = "maybe";
  }
  return best;
}

const hosts: Readonly<Record<string, string>> = { resourcemanager: "cloudresourcemanager" };

/** The name of a permission in deny policies. docs: /iam/docs/deny-permissions-support */
function denyName(permission: string): string {
  const [service = "", ...rest] = permission.split(".");
  return `${hosts[service] ?? service}.googleapis.com/${rest.join(".")}`;
}

const literalNames: ReadonlySet<string> = new Set(watchedPermissions.map(denyName));

/** An unknown spelling below the same service may be an alias or a wildcard for it. */
function permissionMatches(pattern: string, permission: string): Match {
  if (pattern === permission) return "yes";
  const host = permission.slice(0, permission.indexOf("/") + 1);
  if (pattern === "*") return "maybe";
  return pattern.startsWith(host) && !literalNames.has(pattern) ? "maybe" : "no";
}
