import { watchedPermissions } from "../access/permissions.ts";
import { isObject, type JsonObject } from "../words/json.ts";
import type { Actor, AuditEffect, AuditEntry, ParsedItem } from "./audit-entry.ts";
import { readTime } from "./entry-time.ts";
import { listIn, objectIn, textIn } from "./fields.ts";
import { findResource, isElsewhere, isOfLog, projectOf } from "./find-resource.ts";
import { type MethodKind, methodKind } from "./methods.ts";
import { readDeltas, readPolicy } from "./read-policy.ts";
import { readSettings } from "./read-settings.ts";

const AUDIT_LOG = "type.googleapis.com/google.cloud.audit.AuditLog";
const ofALevel = /^(?:projects|folders|organizations|billingAccounts)\/[^/]+\/logs\/[^/]+(?:\/activity)?$/;

/**
 * One item of a log. Whatever it is, it is told apart and nothing throws: an entry that changes access, one that does
 * not, or one that may and is not understood. Of requests only the fields that are named here are kept.
 * docs: google/cloud/audit/audit_log.proto `AuditLog`; logging v2 `LogEntry`
 */
export function parseEntry(item: unknown): ParsedItem {
  if (!isObject(item)) return { kind: "odd", what: "an item that is no entry of a log", at: null };
  const payload = objectIn(item, "protoPayload");
  const logName = textIn(item, "logName") ?? "";
  const time = readTime(textIn(item, "timestamp") ?? "");
  const at = time?.at ?? null;
  if (!/\/logs\/cloudaudit\.googleapis\.com(?:%2F|\/)activity$/i.test(logName))
    return { kind: "aside", why: "other log" };
  const type = textIn(payload, "@type");
  if (!ofALevel.test(logName) || (type !== null && type !== AUDIT_LOG))
    return { kind: "odd", what: "an entry of an audit log that no level has, or that holds something else", at };
  const api = textIn(payload, "serviceName");
  const method = textIn(payload, "methodName");
  if (api === null || method === null) return { kind: "odd", what: "an entry without serviceName or methodName", at };
  const means = methodKind(api, method);
  if (means === undefined) return { kind: "aside", why: "other API" };
  if (means.kind === "harmless") return { kind: "aside", why: "harmless method" };
  if (means.kind === "unknown") return { kind: "odd", what: `the method ${method} of ${api}`, at };
  const insertId = textIn(item, "insertId");
  if (time === undefined || insertId === null)
    return { kind: "odd", what: `${method} without a timestamp or insertId`, at };
  if (isDryRun(payload)) return { kind: "aside", why: "dry run" };
  const effect = readEffect(means, api, item, payload);
  if (effect === undefined)
    return isElsewhere(payload)
      ? { kind: "aside", why: "other resource" }
      : { kind: "odd", what: `${method} without a resource that can be read`, at };
  if (effect.kind !== "other" && !isOfLog(effect.resource, logName))
    return { kind: "odd", what: `${method} of ${effect.resource.name} in a log of another level`, at };
  return {
    kind: "entry",
    entry: {
      id: { logName, timestamp: textIn(item, "timestamp") ?? "", insertId },
      at: time.at,
      order: time.order,
      method,
      actor: readActor(payload),
      isFailed: isFailure(payload),
      operation: readOperation(item),
      project: projectOf(item),
      effect,
    },
  };
}

function readEffect(
  means: Exclude<MethodKind, { readonly kind: "harmless" | "unknown" }>,
  api: string,
  item: JsonObject,
  payload: JsonObject,
): AuditEffect | undefined {
  const resource = findResource(api, item, payload);
  if (means.kind === "other") {
    const name = resource?.name ?? textIn(payload, "resourceName") ?? "";
    return means.what === "role"
      ? roleEffect(payload, textIn(objectIn(item, "resource", "labels"), "role_name") ?? name, means.mayOpen)
      : { kind: "other", what: means.what, resource: name, detail: null, mayOpen: means.mayOpen };
  }
  if (resource === undefined) return undefined;
  if (means.kind === "run")
    return {
      kind: "run",
      resource,
      verb: means.verb,
      settings: means.verb === "deleted" ? null : readSettings(payload),
    };
  const response = objectIn(payload, "response");
  const asked = objectIn(payload, "request", "policy");
  const after = readPolicy(response) ?? readPolicy(asked);
  const deltas = readDeltas(payload);
  return {
    kind: "policy",
    resource,
    // An entry that was cut has an etag and no bindings, as an empty policy has: what it adds tells them apart.
    after: after?.length === 0 && deltas?.some(({ action }) => action === "add") === true ? null : after,
    etag: textIn(response, "etag"),
    basedOn: textIn(asked, "etag"),
    deltas,
  };
}

/** Of a role only the permissions that open something are named. docs: google/iam/admin/v1 `PermissionDelta` */
function roleEffect(payload: JsonObject, name: string, isOfBindings: boolean): AuditEffect {
  const delta = objectIn(payload, "serviceData", "permissionDelta");
  const watched = (list: readonly unknown[] | undefined): readonly string[] =>
    watchedPermissions.filter((each) => list?.includes(each) === true);
  const added = watched(listIn(delta, "addedPermissions"));
  const removed = watched(listIn(delta, "removedPermissions"));
  // A role that is made, or whose entry does not say what changed, shows what it was given.
  const isTold = Object.keys(delta).length > 0;
  const asked = objectIn(payload, "request", "role");
  const given = isTold ? [] : watched(listIn(asked, "includedPermissions"));
  const isListed = Object.hasOwn(asked, "includedPermissions");
  const parts = [
    ...(given.length === 0 ? [] : [`holds ${given.join(", ")}`]),
    ...(added.length === 0 ? [] : [`gained ${added.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`lost ${removed.join(", ")}`]),
  ];
  return {
    kind: "other",
    what: "a role changed",
    resource: name,
    detail: parts.length === 0 ? null : parts.join("; "),
    // What a new role holds opens nothing before somebody is granted it; of a change that says nothing nobody knows.
    mayOpen: isOfBindings && (added.length > 0 || given.length > 0 || (!isTold && !isListed)),
    role: { name, isNew: !isOfBindings, permissions: [...given, ...added, ...removed] },
  };
}

function readActor(payload: JsonObject): Actor {
  const info = objectIn(payload, "authenticationInfo");
  const delegation = (listIn(info, "serviceAccountDelegationInfo") ?? []).slice(0, 20).flatMap((each) => {
    const link = objectIn(each);
    return (
      textIn(objectIn(link, "firstPartyPrincipal"), "principalEmail") ??
      textIn(link, "principalSubject") ??
      textIn(objectIn(link, "thirdPartyPrincipal", "thirdPartyClaims"), "sub") ??
      []
    );
  });
  return {
    principal: textIn(info, "principalEmail") ?? textIn(info, "principalSubject"),
    delegation,
    userAgent: textIn(objectIn(payload, "requestMetadata"), "callerSuppliedUserAgent"),
  };
}

/** docs: google.rpc.Status — no code, or 0, is success. A call that was not granted has no other mark in old entries. */
function isFailure(payload: JsonObject): boolean {
  const code = objectIn(payload, "status")["code"];
  if (code !== undefined && code !== 0 && code !== "0" && code !== "OK") return true;
  const checks = listIn(payload, "authorizationInfo") ?? [];
  return code === undefined && checks.length > 0 && checks.every((each) => objectIn(each)["granted"] === false);
}

/** docs: logging v2 `LogEntryOperation` */
function readOperation(item: JsonObject): AuditEntry["operation"] {
  const operation = objectIn(item, "operation");
  const id = textIn(operation, "id");
  if (id === null) return null;
  return {
    id,
    producer: textIn(operation, "producer"),
    isFirst: operation["first"] === true,
    isLast: operation["last"] === true,
  };
}

/** docs: run v2 `validateOnly`; run v1 `dryRun`, of which "all" is the one value */
function isDryRun(payload: JsonObject): boolean {
  const request = objectIn(payload, "request");
  const dryRun = request["dryRun"];
  return request["validateOnly"] === true || dryRun === "all" || (Array.isArray(dryRun) && dryRun.includes("all"));
}
