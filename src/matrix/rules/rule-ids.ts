import { driftRuleIdList } from "./drift-rule-ids.ts";

/**
 * Every rule that `matrix validate` knows, in the order in which `matrix rules` lists them: what the text must be,
 * what keeps synth from going on, what is reported. Apart from the rules themselves, so that rules may refer to it.
 */
export const ruleIdList = [
  "yaml",
  "schema",
  "include",
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
  "no-effect-yet",
] as const;

export type RuleId = (typeof ruleIdList)[number];

export const ruleIds: ReadonlySet<string> = new Set(ruleIdList);

/** Rules that stop synth: neither lint nor an exception changes what they say. */
export const fixedRuleIds: ReadonlySet<string> = new Set(ruleIdList.slice(0, ruleIdList.indexOf("require") + 1));

/** All that lint and exceptions may name: the rules of validate and those of drift. */
export const allRuleIds: ReadonlySet<string> = new Set([...ruleIdList, ...driftRuleIdList]);
