import type { Binding, Condition, DenyPolicy, DenyRule, Policy } from "../snapshot/snapshot.ts";
import type { JsonObject } from "../words/json.ts";
import { lastPart, listAt, MalformedAnswer, objectAt, optionalObject, optionalText, textAt, textsAt } from "./json.ts";

/** Asks for conditions; below version 3 they are hidden. docs: iam `GetPolicyOptions` */
export const policyVersion = { options: { requestedPolicyVersion: 3 } } as const;
export const policyVersionQuery = { "options.requestedPolicyVersion": "3" } as const;

/**
 * An allow policy. Throws MalformedAnswer for anything else. Google sends an etag with every policy, an empty one
 * included: an answer without one, and without bindings, is not an empty policy.
 */
export function parsePolicy(body: JsonObject): Policy {
  const bindings = listAt(body.bindings, "bindings").map((item, index) => parseBinding(item, `bindings[${index}]`));
  const etag = bindings.length === 0 ? textAt(body.etag, "etag") : optionalText(body.etag, "etag");
  return { ...(etag === null ? {} : { etag }), bindings };
}

function parseBinding(item: unknown, place: string): Binding {
  const binding = objectAt(item, place);
  const role = textAt(binding.role, `${place}.role`);
  // Google has no bindings of nobody: one without members is cut.
  if (binding.members === undefined) throw new MalformedAnswer(`${place}.members is missing`);
  const members = textsAt(binding.members, `${place}.members`);
  if (binding.condition === undefined) return { role, members };
  return { role, members, condition: parseCondition(binding.condition, `${place}.condition`) };
}

function parseCondition(item: unknown, place: string): Condition {
  const condition = objectAt(item, place);
  return {
    title: optionalText(condition.title, `${place}.title`) ?? "",
    expression: textAt(condition.expression, `${place}.expression`),
  };
}

/** A deny policy with its rules, as GET answers it. LIST leaves the rules out. docs: iam v2 `Policy` */
export function parseDenyPolicy(body: JsonObject, id: string): DenyPolicy {
  const name = textAt(body.name, "name");
  if (lastPart(name) !== id) throw new MalformedAnswer(`name is that of another policy: ${name}`);
  if (body.rules === undefined) throw new MalformedAnswer("rules is missing");
  return { name, rules: listAt(body.rules, "rules").map((item, index) => parseDenyRule(item, `rules[${index}]`)) };
}

function parseDenyRule(item: unknown, place: string): DenyRule {
  const rule = objectAt(objectAt(item, place).denyRule, `${place}.denyRule`);
  const condition = optionalObject(rule.denialCondition, `${place}.denyRule.denialCondition`);
  const texts = (field: string): readonly string[] => textsAt(rule[field], `${place}.denyRule.${field}`);
  const parsed = {
    deniedPrincipals: texts("deniedPrincipals"),
    exceptionPrincipals: texts("exceptionPrincipals"),
    deniedPermissions: texts("deniedPermissions"),
    exceptionPermissions: texts("exceptionPermissions"),
  };
  if (rule.denialCondition === undefined) return parsed;
  return { ...parsed, condition: textAt(condition.expression, `${place}.denyRule.denialCondition.expression`) };
}
