import { watchedPermissions } from "../../../src/access/permissions.ts";
import type { DenyRule } from "../../../src/snapshot/snapshot.ts";
import { accountSetOf, convenienceOf, emailIn, isAgent, isFederated, isPublicSet } from "./members.ts";
import { chainFrom, valueOf, type World } from "./reading.ts";
import { accountsInSet, groupRecord, projectsUnder } from "./sets.ts";

type Match = "sure" | "maybe" | "no";
export type Deny = "certain" | "possible" | "none";

/** The permission as deny policies write it. */
export function denySpelling(permission: string): string {
  const [service = "", ...rest] = permission.split(".");
  const host = service === "resourcemanager" ? "cloudresourcemanager" : service;
  return `${host}.googleapis.com/${rest.join(".")}`;
}

const knownSpellings = watchedPermissions.map(denySpelling);

/** What the deny policies of the container and above it do to the principal, over those that were read. */
export function denyAbove(world: World, container: string, principal: string, permission: string): Deny {
  const effects = chainFrom(world, container)
    .flatMap((link) => valueOf(link.container?.deny) ?? [])
    .flatMap(({ rules }) => rules)
    .map((rule) => effectOf(world, rule, principal, permission));
  if (effects.includes("certain")) return "certain";
  return effects.includes("possible") ? "possible" : "none";
}

/** Whether a deny policy may be missing: one was not read, or the chain upward breaks off. */
export function isDenyUnread(world: World, container: string): boolean {
  return chainFrom(world, container).some(
    (link) => link.container?.deny.status !== "read" || valueOf(link.container.details) === undefined,
  );
}

function effectOf(world: World, rule: DenyRule, principal: string, permission: string): Deny {
  const listed = best(rule.deniedPermissions.map((text) => matchPermission(text, permission)));
  const exceptedPermission = best(rule.exceptionPermissions.map((text) => matchPermission(text, permission)));
  const denied = best(rule.deniedPrincipals.map((text) => matchPrincipal(world, text, principal)));
  const excepted = best(rule.exceptionPrincipals.map((text) => matchPrincipal(world, text, principal)));
  if (listed === "no" || denied === "no" || exceptedPermission === "sure" || excepted === "sure") return "none";
  const doubts = [
    listed === "maybe",
    denied === "maybe",
    exceptedPermission === "maybe",
    excepted === "maybe",
    rule.condition !== undefined,
    // Some of its members may be excepted.
    isSet(principal) && rule.exceptionPrincipals.length > 0,
  ];
  return doubts.includes(true) ? "possible" : "certain";
}

function best(matches: readonly Match[]): Match {
  if (matches.includes("sure")) return "sure";
  return matches.includes("maybe") ? "maybe" : "no";
}

function matchPermission(text: string, permission: string): Match {
  const spelling = denySpelling(permission);
  if (text === spelling) return "sure";
  if (text === "*") return "maybe";
  const host = spelling.slice(0, spelling.indexOf("/") + 1);
  if (!text.startsWith(host)) return "no";
  return knownSpellings.includes(text) ? "no" : "maybe";
}

/** Sets of which nobody knows every member by name. */
function isSet(principal: string): boolean {
  return isRowOfSet(principal) || principal.startsWith("group:");
}

function isRowOfSet(principal: string): boolean {
  return isPublicSet(principal) || convenienceOf(principal) !== undefined || accountSetOf(principal) !== undefined;
}

function matchPrincipal(world: World, text: string, principal: string): Match {
  if (text === "principalSet://goog/public:all") return "sure";
  if (isRowOfSet(principal)) return "no";
  const user = emailIn("user", principal);
  const account = emailIn("serviceAccount", principal);
  const group = emailIn("group", principal);
  const subject = after("principal://goog/subject/", text);
  if (subject?.includes("@") === true) return subject === (user ?? account) ? "sure" : "no";
  const [, spelled] = /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/(.+)$/.exec(text) ?? [];
  if (spelled?.includes("@") === true) return spelled.toLowerCase() === account ? "sure" : "no";
  // By number: nobody knows whose it is, but a group has none of these.
  if ((subject ?? spelled) !== undefined) return group === undefined ? "maybe" : "no";
  const deniedGroup = after("principalSet://goog/group/", text);
  if (deniedGroup !== undefined) return matchGroup(world, deniedGroup, principal);
  if (accountSetOf(text) !== undefined) return account === undefined ? "no" : matchAccountSet(world, text, account);
  if (/^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/.+\/type\/ServiceAgent$/.test(text))
    return isPerhapsAgent(account) ? "maybe" : "no";
  if (text.startsWith("principalSet://goog/cloudIdentityCustomerId/"))
    return user !== undefined || group !== undefined ? "maybe" : "no";
  const ofPool = /^principal(?:Set)?:\/\/iam\.googleapis\.com\/.*(?:workloadIdentityPools|workforcePools)/.test(text);
  return ofPool && (user ?? account ?? group) !== undefined ? "no" : "maybe";
}

/** Whatever is not surely an account that people made: the table of agents is never whole. */
function isPerhapsAgent(account: string | undefined): boolean {
  if (account === undefined) return false;
  const [name = "", domain = ""] = account.split("@");
  if (/^\d+-compute$/.test(name) && domain === "developer.gserviceaccount.com") return false;
  if (domain === "appspot.gserviceaccount.com") return false;
  const isOfProject = domain.endsWith(".iam.gserviceaccount.com") && !domain.startsWith("gcp-sa-");
  return !isOfProject || /^service-(?:org-|folder-)?\d+$/.test(name) || isAgent(`serviceAccount:${account}`);
}

/** What follows the beginning, in lower case. */
function after(beginning: string, text: string): string | undefined {
  return text.startsWith(beginning) ? text.slice(beginning.length).toLowerCase() : undefined;
}

function matchGroup(world: World, email: string, principal: string): Match {
  if (principal === `group:${email}`) return "sure";
  if (!/^(?:user|serviceAccount|group):/.test(principal) || isFederated(principal)) return "no";
  const reading = groupRecord(world, `group:${email}`)?.members;
  if (valueOf(reading)?.some((member) => member.toLowerCase() === principal.toLowerCase()) === true) return "sure";
  return reading?.status === "read" ? "no" : "maybe";
}

function matchAccountSet(world: World, set: string, account: string): Match {
  if (accountsInSet(world, set).includes(account)) return "sure";
  return everyAccountWasRead(world, accountSetOf(set) ?? "") ? "no" : "maybe";
}

function everyAccountWasRead(world: World, container: string): boolean {
  const { scopes, projects } = world.snapshot;
  const scope = scopes.find(({ resource }) => resource === container);
  const ids = projectsUnder(world, container);
  const isAll = container.startsWith("projects/") ? ids.length > 0 : scope?.projects.status === "read";
  return isAll && ids.every((id) => projects.find(({ project }) => project === id)?.accounts.status === "read");
}
