import type { Severity } from "../../finding/severity.ts";
import { type DriftRuleId, driftRuleIdList } from "./drift-rule-ids.ts";

/**
 * Every rule that `matrix validate` knows, in the order in which `matrix rules` lists them: what the text must be,
 * what keeps synth from going on, what is reported. Apart from the rules themselves, so that rules may refer to it.
 */
export const ruleIdList = [
  "yaml",
  "schema",
  "include",
  "key-file",
  "unknown-name",
  "unknown-owner",
  "duplicate-name",
  "edge-key",
  "self-call",
  "duplicate-edge",
  "absent-side",
  "set-cycle",
  "impossible-date",
  "impossible-account-id",
  "account-collision",
  "former-name",
  "override-conflict",
  "kind-mismatch",
  "missing-placement",
  "missing-number",
  "admits-strangers",
  "federation-limit",
  "project-identity",
  "shared-state",
  "shared-target",
  "guardrail-conflict",
  "provider-too-old",
  "row-too-large",
  "fixed-severity",
  "unapproved-exception",
  "never",
  "require",
  "expired",
  "expiring-soon",
  "person-without-expiry",
  "public-without-reason",
  "placeholder-reason",
  "default-account",
  "shared-account",
  "admits-many",
  "edge-outside-callee-file",
  "edge-cannot-work",
  "grant-on-public",
  "open-ingress",
  "retired-side",
  "unused-caller",
  "uncalled-service",
  "matches-nothing",
  "idle-setting",
  "call-cycle",
  "adopted-reason",
  "no-effect-yet",
] as const;

export type RuleId = (typeof ruleIdList)[number];

export const ruleIds: ReadonlySet<string> = new Set(ruleIdList);

/** Rules that stop synth: neither lint nor an exception changes what they say. */
export const fixedRuleIds: ReadonlySet<string> = new Set(ruleIdList.slice(0, ruleIdList.indexOf("require") + 1));

/** All that lint and exceptions may name: the rules of validate and those of drift. */
export const allRuleIds: ReadonlySet<string> = new Set([...ruleIdList, ...driftRuleIdList]);

/** Rules of drift that lint does not touch: what was not read is never clean, and guardrails have severities of their own. */
const unsettable: ReadonlySet<string> = new Set(["not-readable", "broken-live"]);

/** Rules that say who may call and should not: they may be lowered, never silenced. */
const neverOff: ReadonlySet<string> = new Set([
  "public-undeclared",
  "invoker-check-disabled",
  "undeclared-caller",
  "undeclared-caller-inherited",
  "undeclared-caller-other-role",
  "agent-role-on-other",
  "dormant-grant",
  "expired-grant",
  "expired-previous-account",
  "service-not-in-matrix",
  "project-not-in-matrix",
] satisfies readonly DriftRuleId[]);

/** What lint makes of a rule; undefined where it says nothing, or what it may not. */
export function settingOf(
  id: string,
  lint: Readonly<Record<string, Severity | "off">> | undefined,
): Severity | "off" | undefined {
  const setting = lint?.[id];
  if (fixedRuleIds.has(id) || unsettable.has(id) || (setting === "off" && neverOff.has(id))) return undefined;
  return setting;
}

/** Whether a rule says who may call and should not. */
export function tellsWhoMayCall(id: string): boolean {
  return neverOff.has(id);
}
