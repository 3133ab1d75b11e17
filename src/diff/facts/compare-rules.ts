import type { Matrix } from "../../matrix/model/matrix.ts";
import type { GuardrailRule, NeverRule, RequireRule } from "../../matrix/schema/generated/document.ts";
import type { Json } from "../fact.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import { compareEntries, type Entry } from "./compare-entries.ts";
import type { Difference } from "./difference.ts";
import { given, inOneOrder, type JsonMap, type Same } from "./json.ts";
import { type Resolve, resolverOf, selectorJson } from "./resolve-selector.ts";

/** Rules that are new or gone, and of those that stay the fields that differ, their selectors resolved. */
export function compareRules(pair: MatrixPair): readonly Difference[] {
  const entries = ({ rules }: Matrix, resolve: Resolve): readonly Entry[] =>
    rules.map(({ key, value, place }) => ({ key, value: ruleJson(value, resolve), place }));
  const environments = [...new Set(pair.worlds.map(({ environment }) => environment))];
  return compareEntries(
    { added: "rule-added", removed: "rule-removed", changed: "rule-changed" },
    entries(pair.before, resolverOf(pair, "before")),
    entries(pair.after, resolverOf(pair, "after")),
    { environments: sameWithin(environments) },
  );
}

/** Whether two lists mean the same environments; without a list it is all of them. */
function sameWithin(all: readonly string[]): Same {
  // The lists are made below.
  const has = (list: Json | undefined, name: string): boolean =>
    list === undefined || (list as readonly string[]).includes(name);
  return (before, after) => all.every((name) => has(before, name) === has(after, name));
}

function ruleJson(rule: GuardrailRule, resolve: Resolve): JsonMap {
  const { reason, environments, severity = "error", approvers, never, require: required } = rule;
  return given({
    reason,
    environments: environments === undefined ? undefined : inOneOrder(environments),
    severity,
    approvers: approvers === undefined ? undefined : inOneOrder(approvers),
    never: never === undefined ? undefined : neverJson(never, resolve),
    require: required === undefined ? undefined : requireJson(required, resolve),
  });
}

function neverJson({ from, to, reach = "direct", unless }: NeverRule, resolve: Resolve): Json {
  return given({
    from: selectorJson(from, resolve),
    to: selectorJson(to, resolve),
    reach,
    unless: unless === undefined ? undefined : { via: resolve(unless.via) },
  });
}

function requireJson({ edges: { from, to }, fields }: RequireRule, resolve: Resolve): Json {
  return {
    edges: given({
      from: from === undefined ? undefined : selectorJson(from, resolve),
      to: to === undefined ? undefined : selectorJson(to, resolve),
    }),
    fields: inOneOrder(fields),
  };
}
