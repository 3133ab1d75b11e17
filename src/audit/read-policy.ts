import { parseMember } from "../access/member.ts";
import { isObject, type JsonObject } from "../words/json.ts";
import type { PolicyDelta, PolicyGrant } from "./audit-entry.ts";
import { listIn, objectIn, textIn } from "./fields.ts";

/** More than Google allows in one policy: docs /iam/quotas, 1,500 principals. */
const MAX_GRANTS = 20_000;

/**
 * The grants of a policy in an entry; null where it holds none that can be read. An empty policy has an etag or a type.
 * docs: google/iam/v1/policy.proto `Policy`
 */
export function readPolicy(policy: JsonObject): readonly PolicyGrant[] | null {
  const bindings = listIn(policy, "bindings");
  if (bindings === undefined) return null;
  if (bindings.length === 0 && textIn(policy, "etag") === null && textIn(policy, "@type") === null) return null;
  const grants: PolicyGrant[] = [];
  for (const binding of bindings) {
    if (!isObject(binding)) return null;
    const role = textIn(binding, "role");
    const members = listIn(binding, "members");
    const condition = readCondition(binding);
    if (role === null || members === undefined || condition === undefined) return null;
    for (const member of members) {
      if (typeof member !== "string" || member === "" || grants.length >= MAX_GRANTS) return null;
      grants.push({ role, member: parseMember(member).principal, condition });
    }
  }
  return grants;
}

/**
 * What an entry says that changed, one member each; null where it does not say, or not as documented.
 * docs: google/iam/v1/policy.proto `BindingDelta`, google/iam/v1/logging/audit_data.proto `AuditData`
 */
export function readDeltas(payload: JsonObject): readonly PolicyDelta[] | null {
  const delta = [objectIn(payload, "serviceData", "policyDelta"), objectIn(payload, "metadata", "policyDelta")].find(
    (each) => Object.keys(each).length > 0,
  );
  const list = delta === undefined ? [] : (listIn(delta, "bindingDeltas") ?? []);
  if (list.length === 0 || list.length > MAX_GRANTS) return null;
  const deltas: PolicyDelta[] = [];
  for (const item of list) {
    if (!isObject(item)) return null;
    const action = textIn(item, "action");
    const role = textIn(item, "role");
    const member = textIn(item, "member");
    const condition = readCondition(item);
    if ((action !== "ADD" && action !== "REMOVE") || role === null || member === null || condition === undefined)
      return null;
    const grant = { role, member: parseMember(member).principal, condition };
    deltas.push({ action: action === "ADD" ? "add" : "remove", grant });
  }
  return deltas;
}

/** Undefined where there is one that cannot be read. */
function readCondition(holder: JsonObject): PolicyGrant["condition"] | undefined {
  if (holder["condition"] === undefined || holder["condition"] === null) return null;
  const condition = objectIn(holder, "condition");
  const expression = textIn(condition, "expression");
  // protobuf writes an empty message for none.
  if (expression === null) return Object.keys(condition).length === 0 ? null : undefined;
  return { title: textIn(condition, "title") ?? "", expression };
}
