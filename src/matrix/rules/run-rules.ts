import type { Draft } from "../../finding/draft.ts";
import { groupBy } from "../../words/group-by.ts";
import type { Severity } from "../../finding/severity.ts";
import { exceptionMatcher, isInForce } from "../model/match-exception.ts";
import type { Declared, Matrix } from "../model/matrix.ts";
import type { Exception } from "../schema/generated/document.ts";
import { acceptDraft, type ReadyException } from "./accept-draft.ts";
import { rules } from "./registry.ts";
import type { Rule } from "./rule.ts";
import { fixedRuleIds, ruleIds, settingOf } from "./rule-ids.ts";

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
  const exceptions = matrix.exceptions
    .filter(({ value }) => isInForce(value, matrix))
    .map((declared): ReadyException => ({ declared, matches: exceptionMatcher(declared.value, matrix) }));
  const byRule = groupBy(exceptions, ({ declared }) => declared.value.rule);
  const used = new Set<Declared<Exception>>();
  const judged: Judged[] = [];
  for (const rule of Object.values<Rule>(rules)) {
    const setting = settingOf(rule.id, matrix.document.lint);
    if (setting === "off") continue;
    for (const whole of rule.check(matrix)) {
      const asked = (byRule.get(whole.guardrail ?? rule.id) ?? []).filter(({ declared }) =>
        isAbout(declared.value, rule, whole),
      );
      for (const { draft, accepting } of acceptDraft(whole, asked)) {
        for (const { declared } of accepting) used.add(declared);
        const severity = setting ?? draft.severity ?? rule.severity;
        const [first] = accepting;
        judged.push({
          rule: rule.id,
          severity,
          stopsSynth: rule.stopsSynth && severity === "error" && first === undefined,
          ...(first === undefined ? {} : { acceptedBy: first.declared.key }),
          draft,
        });
      }
    }
  }
  const severity = settingOf("matches-nothing", matrix.document.lint) ?? rules["matches-nothing"].severity;
  if (severity === "off") return judged;
  const idle = exceptions.filter(
    ({ declared, matches }) => !used.has(declared) && isIdle(matrix, declared.value, matches),
  );
  return [
    ...judged,
    ...idle.map(({ declared }): Judged => ({
      rule: "matches-nothing",
      severity,
      stopsSynth: false,
      draft: idleDraft(declared),
    })),
  ];
}

/** An exception names a rule that can be excepted, or a `require` rule of the matrix. Those for `never` take out edges. */
function isAbout({ rule }: Exception, { id }: Rule, { guardrail }: Draft): boolean {
  return guardrail === undefined ? rule === id && !fixedRuleIds.has(id) : rule === guardrail;
}

/** Whether an exception accepts nothing. Those for rules that only drift checks are drift's to judge. */
function isIdle(matrix: Matrix, { rule }: Exception, matches: ReadyException["matches"]): boolean {
  if (ruleIds.has(rule)) return !fixedRuleIds.has(rule);
  const guardrail = matrix.rules.find(({ key }) => key === rule)?.value;
  if (guardrail === undefined) return false;
  return guardrail.never === undefined || !exceptsAnEdge(matrix, matches);
}

function exceptsAnEdge({ worlds }: Matrix, matches: ReadyException["matches"]): boolean {
  return worlds.some(({ environment: { name: environment }, edges, services }) => {
    if (edges.some(({ caller, callee }) => matches({ service: callee, caller, environment }))) return true;
    return [...services.values()].some(
      (service) => service.public !== undefined && matches({ service: service.key, environment }),
    );
  });
}

function idleDraft({ key, place }: Declared<Exception>): Draft {
  return {
    message: `the exception ${key} matches nothing`,
    help: "correct what it matches, or delete it",
    at: { ...place, path: [...place.path, "match"], part: "key" },
  };
}
