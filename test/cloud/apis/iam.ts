import {
  type Answer,
  type Api,
  type Call,
  type Caught,
  closedAnswer,
  denied,
  etagOf,
  ok,
  policyBody,
  refusal,
  routes,
  versionInQuery,
} from "../answer.ts";
import { findAccount, findCustomRoles, findProject } from "../find.ts";
import { accountPage, answerPage, googlePage, listBody } from "../page.ts";
import type { WorldAccount, WorldProject, WorldRole } from "../world.ts";
import { denyRoutes } from "./iam-deny.ts";
import { listPools, listProviders } from "./iam-pools.ts";

const inProject = String.raw`\/v1\/projects\/(?<project>[^/]+)`;
const oneAccount = String.raw`${inProject}\/serviceAccounts\/(?<account>[^/:]+)`;

/** iam.googleapis.com v1: accounts, keys, roles, pools; and v2: deny policies. */
export const iam: Api = (call) => v1(call) ?? denyRoutes(call);

const v1 = routes([
  ["GET", new RegExp(`^${inProject}\\/serviceAccounts$`), listAccounts],
  ["GET", new RegExp(`^${oneAccount}$`), (call, caught) => withAccount(call, "account", caught, accountBody)],
  [
    "POST",
    new RegExp(`^${oneAccount}:getIamPolicy$`),
    (call, caught) =>
      withAccount(call, "policy", caught, (_project, one) => policyBody(one.policy, versionInQuery(call))),
  ],
  [
    "GET",
    new RegExp(`^${oneAccount}\\/keys$`),
    (call, caught) =>
      withAccount(call, "keys", caught, (project, one) => keysBody(project, one, call.query.getAll("keyTypes"))),
  ],
  ["GET", /^\/v1\/(?<name>roles\/[^/]+)$/, getPredefinedRole],
  ["GET", /^\/v1\/roles$/, listPredefinedRoles],
  ["GET", /^\/v1\/(?<parent>(projects|organizations)\/[^/]+)\/roles$/, listCustomRoles],
  ["GET", /^\/v1\/(?<name>(projects|organizations)\/[^/]+\/roles\/[^/]+)$/, getCustomRole],
  ["GET", new RegExp(`^${inProject}\\/locations\\/global\\/workloadIdentityPools$`), listPools],
  [
    "GET",
    new RegExp(`^${inProject}\\/locations\\/global\\/workloadIdentityPools\\/(?<pool>[^/]+)\\/providers$`),
    listProviders,
  ],
]);

function listAccounts(call: Call, { project: name = "" }: Caught): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) {
    return denied(`projects/${name}`);
  }
  return (
    closedAnswer(call.world, "accounts", project.resource) ??
    answerPage(call, project.accounts, accountPage, (page) =>
      listBody("accounts", { ...page, items: page.items.map((one) => accountBody(project, one)) }),
    )
  );
}

/** `disabled` is left out where it is false, as everything false is. */
function accountBody(project: WorldProject, one: WorldAccount): unknown {
  return {
    name: `projects/${project.id}/serviceAccounts/${one.email}`,
    projectId: project.id,
    uniqueId: one.uniqueId,
    email: one.email,
    etag: "MDEwMjE5MjA=",
    oauth2ClientId: one.uniqueId,
    ...(one.disabled ? { disabled: true } : {}),
  };
}

function keysBody(project: WorldProject, one: WorldAccount, types: readonly string[]): unknown {
  const google = {
    name: `projects/${project.id}/serviceAccounts/${one.email}/keys/0123456789abcdef0123456789abcdef01234567`,
    validAfterTime: "2026-11-01T00:00:00Z",
    validBeforeTime: "2026-11-18T00:00:00Z",
    keyAlgorithm: "KEY_ALG_RSA_2048",
    keyOrigin: "GOOGLE_PROVIDED",
    keyType: "SYSTEM_MANAGED",
  };
  const users = one.keys.map((key) => ({
    name: `projects/${project.id}/serviceAccounts/${one.email}/keys/${key.id}`,
    validAfterTime: key.validAfter,
    validBeforeTime: key.validBefore,
    keyAlgorithm: "KEY_ALG_RSA_2048",
    keyOrigin: "GOOGLE_PROVIDED",
    keyType: "USER_MANAGED",
    ...(key.disabled ? { disabled: true } : {}),
  }));
  const keys = [google, ...users].filter(({ keyType }) => types.length === 0 || types.includes(keyType));
  return keys.length === 0 ? {} : { keys };
}

/**
 * Under `projects/-` an account that does not exist answers 403, under its project 404 (TPG; DOC of the IAM API). A
 * project that does not exist is 403 everywhere.
 */
function withAccount(
  call: Call,
  what: string,
  { project: projectName = "", account: name = "" }: Caught,
  body: (project: WorldProject, one: WorldAccount) => unknown,
): Answer {
  if (projectName !== "-" && findProject(call.world, projectName) === undefined) {
    return denied(`projects/${projectName}`);
  }
  const found = findAccount(call.world, projectName, name);
  const closed = closedAnswer(call.world, what, found?.account.email ?? name);
  if (found !== undefined || closed !== undefined) {
    return closed ?? (found === undefined ? denied(name) : ok(body(found.project, found.account)));
  }
  return projectName === "-" ? denied(name) : refusal(404, `Unknown service account: ${name}`);
}

function getPredefinedRole(call: Call, { name = "" }: Caught): Answer {
  const permissions = call.world.roles[name];
  const closed = closedAnswer(call.world, "role", name);
  if (closed !== undefined || permissions === undefined) {
    return closed ?? refusal(404, `The role named ${name} was not found.`);
  }
  return ok({ ...predefinedRole(name), ...included(permissions) });
}

/** A BASIC view, which is the default, leaves the permissions out. */
function listPredefinedRoles(call: Call): Answer {
  const full = call.query.get("view") === "FULL";
  return answerPage(call, Object.entries(call.world.roles), { ...googlePage, standard: 300 }, (page) =>
    listBody("roles", {
      ...page,
      items: page.items.map(([name, permissions]) => ({
        ...predefinedRole(name),
        ...(full ? included(permissions) : {}),
      })),
    }),
  );
}

function predefinedRole(name: string): object {
  return { name, title: name.slice("roles/".length), stage: "GA", etag: "AA==" };
}

function included(permissions: readonly string[]): object {
  return permissions.length === 0 ? {} : { includedPermissions: permissions };
}

function listCustomRoles(call: Call, { parent = "" }: Caught): Answer {
  const full = call.query.get("view") === "FULL";
  const deleted = call.query.get("showDeleted") === "true";
  const roles = findCustomRoles(call.world, canonicalParent(call, parent));
  return (
    closedAnswer(call.world, "roles", parent) ??
    answerPage(
      call,
      roles.filter(({ state }) => deleted || state !== "DELETED"),
      { ...googlePage, standard: 300 },
      (page) => listBody("roles", { ...page, items: page.items.map((role) => customRoleBody(role, full)) }),
    )
  );
}

/** A deleted custom role is still there for seven days, and says so. */
function getCustomRole(call: Call, { name = "" }: Caught): Answer {
  const [kind = "", owner = "", , id = ""] = name.split("/");
  const parent = canonicalParent(call, `${kind}/${owner}`);
  const role = findCustomRoles(call.world, parent).find((one) => one.name === `${parent}/roles/${id}`);
  const closed = closedAnswer(call.world, "role", name);
  if (closed !== undefined || role === undefined) {
    return closed ?? refusal(404, `The role named ${name} was not found.`);
  }
  return ok(customRoleBody(role, true));
}

function canonicalParent(call: Call, parent: string): string {
  const [kind, name = ""] = parent.split("/");
  return kind === "projects" ? `projects/${findProject(call.world, name)?.id ?? name}` : parent;
}

function customRoleBody(role: WorldRole, full: boolean): unknown {
  return {
    name: role.name,
    title: role.name.split("/").at(-1),
    ...(full ? included(role.permissions) : {}),
    stage: role.state === "DISABLED" ? "DISABLED" : "GA",
    etag: etagOf(role),
    ...(role.state === "DELETED" ? { deleted: true } : {}),
  };
}
