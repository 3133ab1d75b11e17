import type { GuardFinding } from "../../guard/guard-report.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";

/** What one finding comes to, for the first sentence: who, which service, in which project. To be escaped. */
export function worstWords(finding: GuardFinding): string {
  const { rule, address, role, names } = finding;
  const who = finding.principal ?? "somebody whom the plan hides";
  const what = whatOf(finding);
  switch (rule) {
    case "plan-grants-public":
    case "plan-grants-undeclared":
      return `lets ${who} invoke ${what}`;
    case "plan-disables-invoker-check":
      return `lets everybody invoke ${what}: it turns the invoker check off`;
    case "plan-grants-inherited":
      return `lets ${who} invoke every service below ${finding.resource ?? "what the plan hides"}`;
    case "plan-passes-iap":
      return `lets ${who} through Identity-Aware Proxy to ${what}`;
    case "plan-impersonates":
      return `lets ${who} act as ${actedAs(finding)}`;
    case "plan-makes-key":
      return `makes a key of ${actedAs(finding)}`;
    case "plan-writes-policy":
      return `lets ${who} change who may invoke ${names.length > 0 ? what : `what is below ${finding.resource ?? "what the plan hides"}`}`;
    case "plan-widens-role":
      return `widens ${role ?? "a custom role"}, which others hold already`;
    case "plan-clashes":
      return `clashes with a stack of the matrix about ${what}`;
    case "plan-destroys-account":
      return `destroys or disables the account of ${names.length === 0 ? "somebody" : enumerateWords(names, "and")}`;
    case "plan-removes-declared":
      return `takes declared callers from ${what}`;
    case "plan-unknown-grant":
    case "plan-unknown-role":
      return `may grant access to ${what}, by ${address}: nobody can judge that before apply`;
    default:
      return finding.message;
  }
}

function whatOf({ names, resource, environments }: GuardFinding): string {
  const project = /^projects\/([^/]+)/.exec(resource ?? "")?.[1];
  const where = project === undefined ? enumerateWords(environments, "and") : `project ${project}`;
  const [, last] = /^projects\/[^/]+\/.+\/([^/]+)$/.exec(resource ?? "") ?? [];
  const what = names.length > 0 ? enumerateWords(names, "and") : (last ?? "a service");
  return where === "" ? what : `${what} in ${where}`;
}

function actedAs({ names, resource }: GuardFinding): string {
  if (names.length > 0) return `the account of ${enumerateWords(names, "and")}`;
  return resource === null ? "an account of the matrix" : `every account below ${resource}`;
}
