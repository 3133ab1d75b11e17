import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";

/** What a plan comes to, in one sentence. To be escaped. */
export function headline({ plan, findings, summary }: GuardReport): string {
  const brought = findings.filter(({ already, severity }) => !already && severity !== "info");
  const certain = brought.filter(({ certainty }) => certainty !== "unknown");
  const parts = [
    ...(certain.length === 0 ? [] : [`brings ${enumerateWords(worst(certain), "and")}`]),
    ...(summary.unknown === 0 ? [] : [`has ${count(summary.unknown, "grant")} that nobody can judge before apply`]),
  ];
  return parts.length === 0
    ? `${plan.name} grants nothing that the matrix does not declare (${examined(summary)})`
    : `${plan.name} ${parts.join("; it ")}`;
}

const groups: readonly (readonly [RegExp, string, string])[] = [
  [
    /^plan-(grants-(public|undeclared|inherited)|disables-invoker-check|passes-iap|widens-role)$/,
    "undeclared way in",
    "undeclared ways in",
  ],
  [
    /^plan-(impersonates|makes-key)$/,
    "way to act as an account of the matrix",
    "ways to act as accounts of the matrix",
  ],
  [/^plan-clashes$/, "clash with a stack of the matrix", "clashes with stacks of the matrix"],
  [/^plan-(destroys-account|removes-declared)$/, "loss of declared access", "losses of declared access"],
  [/./, "warning", "warnings"],
];

function worst(findings: readonly GuardFinding[]): readonly string[] {
  const counts = groups.map(() => 0);
  for (const { rule } of findings) {
    const at = groups.findIndex(([form]) => form.test(rule));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return groups.flatMap(([, one, several], at) => (counts[at] ? [count(counts[at], one, several)] : []));
}

function examined({ resources, grants }: GuardReport["summary"]): string {
  return `${count(resources, "resource")} with ${count(grants, "grant")} looked at`;
}

/** What else there is to know about a report, one sentence each. To be escaped. */
export function notes(report: GuardReport): readonly string[] {
  const { plan, summary, assumed, environments } = report;
  const { declared, elsewhere } = summary;
  return [
    `judged by ${report.matrix} for ${enumerateWords(environments, "and")} as of ${report.asOf}: ${count(declared, "grant")} of the plan declared`,
    ...(elsewhere === 0
      ? []
      : [`${count(elsewhere, "grant")} on projects and accounts outside of these environments, not judged`]),
    ...(assumed.length === 0
      ? []
      : [
          `${count(assumed.length, "value")} not in the plan, read from its configuration: ${assumed.map(({ address, argument, value }) => `${argument} of ${address} = ${value ?? "(sensitive)"}`).join("; ")}`,
        ]),
    ...(plan.isWhole ? [] : ["the plan is of a part of its configuration only, says Terraform"]),
  ];
}

/** How sure a finding is, where it is not certain. */
export function doubt({ certainty }: GuardFinding): string {
  return certainty === "certain" ? "" : ` (${certainty})`;
}
