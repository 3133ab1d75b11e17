import type { Draft } from "../../finding/draft.ts";
import type { Severity } from "../../finding/severity.ts";
import { isInForce, matchesException } from "../model/match-exception.ts";
import type { Declared, Matrix } from "../model/matrix.ts";
import type { Exception } from "../schema/generated/document.ts";
import { rules } from "./registry.ts";
import { fixedRuleIds, ruleIds } from "./rule-ids.ts";
import type { Rule } from "./rule.ts";

/** A draft with what rule and matrix make of it. */
export interface Judged {
  readonly rule: string;
  readonly severity: Severity;
  readonly stopsSynth: boolean;
  readonly acceptedBy?: string;
  readonly draft: Draft;
}

/** Everything that the rules find in a matrix: severities as `lint` sets them, exceptions applied. */
export function runRules(matrix: Matrix): readonly Judged[] {
  const exceptions = matrix.exceptions.filter(({ value }) => isInForce(value, matrix));
  const used = new Set<string>();
  const judged: Judged[] = [];
  for (const rule of Object.values<Rule>(rules)) {
    const setting = fixedRuleIds.has(rule.id) ? undefined : matrix.document.lint?.[rule.id];
    if (setting === "off") continue;
    const relevant = fixedRuleIds.has(rule.id) ? [] : exceptions.filter(({ value }) => value.rule === rule.id);
    for (const draft of rule.check(matrix)) {
      const severity = draft.severity ?? setting ?? rule.severity;
      const accepting = relevant.find(({ value }) => matchesException(value, draft, matrix));
      if (accepting !== undefined) used.add(accepting.key);
      judged.push({
        rule: rule.id,
        severity,
        stopsSynth: rule.stopsSynth && severity === "error",
        ...(accepting === undefined ? {} : { acceptedBy: accepting.key }),
        draft,
      });
    }
  }
  const idle = idleExceptions(matrix, exceptions, used);
  const setting = matrix.document.lint?.["matches-nothing"];
  const severity = setting ?? rules["matches-nothing"].severity;
  return severity === "off"
    ? judged
    : [...judged, ...idle.map((draft) => ({ rule: "matches-nothing", severity, stopsSynth: false, draft }))];
}

/** Exceptions in force that accept nothing. Those for rules that only drift checks are drift's to judge. */
function idleExceptions(
  matrix: Matrix,
  exceptions: readonly Declared<Exception>[],
  used: ReadonlySet<string>,
): readonly Draft[] {
  return exceptions
    .filter(({ key, value }) => {
      if (used.has(key)) return false;
      if (ruleIds.has(value.rule)) return !fixedRuleIds.has(value.rule);
      const isForNever = matrix.rules.some((rule) => rule.key === value.rule);
      return isForNever && !exceptsAnEdge(matrix, value);
    })
    .map(({ key, place }) => ({
      message: `the exception ${key} matches nothing`,
      help: "correct what it matches, or delete it",
      at: place,
    }));
}

function exceptsAnEdge(matrix: Matrix, exception: Exception): boolean {
  return matrix.worlds.some(({ environment, edges, services }) => {
    const inEnvironment = (service: string, caller?: string) =>
      matchesException(exception, { service, caller, environment: environment.name }, matrix);
    return (
      edges.some(({ caller, callee }) => inEnvironment(callee, caller)) ||
      [...services.values()].some((service) => service.public !== undefined && inEnvironment(service.key))
    );
  });
}
