import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import { foldPlaces } from "../../guard/outside-matrix.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { worstWords } from "./worst-words.ts";

/** What a plan comes to, in one sentence: the worst first, then how much there is. To be escaped. */
export function headline(report: GuardReport): string {
  const { plan, findings, summary } = report;
  const brought = findings.filter(
    ({ already, severity, rule }) => !already && severity !== "info" && rule !== "plan-outside-matrix",
  );
  const [worst, ...others] = brought;
  const parts =
    worst === undefined
      ? [clear(report)]
      : [
          worstWords(worst),
          ...(others.length === 0 ? [] : [`in all ${enumerateWords(counted(brought), "and")}`]),
          ...(summary.already === 0 ? [] : [`${summary.already} more there already`]),
        ];
  const clauses = [...parts, ...takenWords(report), ...outsideWords(report)];
  return `${plan.name} ${clauses.join("; ")}`;
}

/** What to say where the plan brings nothing. Where nothing could be judged, that is no all-clear. */
function clear({ findings, summary, environments, isWholeMatrix }: GuardReport): string {
  const { resources, grants, elsewhere, outside } = summary;
  const places = outside.length === 0 ? "" : ` (${foldPlaces(outside)})`;
  if (elsewhere > 0 && elsewhere === grants)
    return `was not judged: none of its ${count(grants, "grant")} could be, their projects${places} are not ${isWholeMatrix ? "in the matrix" : `of ${enumerateWords(environments, "and")}`}`;
  const standing = findings.filter(({ already, severity }) => already && severity !== "info");
  if (standing.length > 0)
    return `adds nothing; ${enumerateWords(counted(standing), "and")} ${standing.length === 1 ? "was" : "were"} there already`;
  return `grants nothing that the matrix does not declare (${count(resources, "resource")} with ${count(grants, "grant")} looked at)`;
}

function takenWords({ assumed }: GuardReport): readonly string[] {
  const isMembers = assumed.every(({ argument }) => argument === "member" || argument === "members");
  const are = assumed.length === 1 ? "is taken to be what it refers to" : "are taken to be what they refer to";
  return assumed.length === 0 ? [] : [`${count(assumed.length, isMembers ? "member" : "value")} ${are}`];
}

function outsideWords({ summary, environments, isWholeMatrix }: GuardReport): readonly string[] {
  const { elsewhere, grants, outside } = summary;
  if (elsewhere === 0 || elsewhere === grants) return [];
  const whole = isWholeMatrix ? "the matrix" : `of ${enumerateWords(environments, "and")}`;
  const places =
    outside.length === 0 ? "" : ` (${outside.length === 1 ? "project" : "projects"} ${foldPlaces(outside)})`;
  return [`${count(elsewhere, "grant")} outside ${whole} ${elsewhere === 1 ? "was" : "were"} not judged${places}`];
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
  [/^plan-writes-policy$/, "way to change who may invoke", "ways to change who may invoke"],
  [/^plan-clashes$/, "clash with a stack of the matrix", "clashes with stacks of the matrix"],
  [/^plan-(destroys-account|removes-declared)$/, "loss of declared access", "losses of declared access"],
  [/^plan-unknown/, "grant that nobody can judge before apply", "grants that nobody can judge before apply"],
  [/./, "warning", "warnings"],
];

function counted(findings: readonly GuardFinding[]): readonly string[] {
  const counts = groups.map(() => 0);
  for (const { rule } of findings) {
    const at = groups.findIndex(([form]) => form.test(rule));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return groups.flatMap(([, one, several], at) => (counts[at] ? [count(counts[at], one, several)] : []));
}

/** What else there is to know about a report, one sentence each. To be escaped. */
export function notes(report: GuardReport): readonly string[] {
  const { plan, summary, assumed, environments } = report;
  const { declared, elsewhere, outside } = summary;
  const places = outside.length === 0 ? "" : ` (${foldPlaces(outside)})`;
  return [
    `judged by ${report.matrix} for ${enumerateWords(environments, "and")} as of ${report.asOf}: ${count(declared, "grant")} of the plan declared`,
    ...(elsewhere === 0
      ? []
      : [`${count(elsewhere, "grant")} on projects and accounts outside of these environments${places}, not judged`]),
    ...(assumed.length === 0
      ? []
      : [
          `${count(assumed.length, "value")} not in the plan, taken to be what the configuration refers to: ${assumed.map(({ address, argument, value }) => `${argument} of ${address} = ${value ?? "(sensitive)"}`).join("; ")}; --strict takes none`,
        ]),
    ...(plan.isWhole ? [] : ["the plan is of a part of its configuration only, says Terraform"]),
  ];
}

/** How sure a finding is, where it is not certain. */
export function doubt({ certainty }: GuardFinding): string {
  return certainty === "certain" ? "" : ` (${certainty})`;
}
