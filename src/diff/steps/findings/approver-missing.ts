import { briefList } from "../../../words/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import type { ChangeKind } from "../../change-kind.ts";
import { tellApprovable } from "./tell-approvable.ts";
import type { DiffDraft, FindingStep, JudgedFact, Judging } from "../finding-step.ts";

/** Of each owner for whom nobody on GitHub can approve, of what has no owner, and of safeguards for which nobody is named. */
export const approverMissing: FindingStep = function* (judging) {
  const { approvers, judged } = judging;
  const missing = approvers.filter(({ github }) => github.length === 0);
  const byFingerprint = new Map(missing.length === 0 ? [] : judged.map((fact) => [fact.fingerprint, fact]));
  for (const { owner, changes, unowned = [] } of missing) {
    const facts = changes.flatMap((fingerprint) => byFingerprint.get(fingerprint) ?? []);
    const about = briefList([...new Set(facts.map(tellApprovable))]);
    yield {
      ...(owner === null
        ? tellUnowned(judging, unowned, about)
        : {
            message: `${owner} must approve that ${about}, and the earlier version names nobody on GitHub for it`,
            help: `write who approves: owners: { ${owner}: { github: "@org/team" } }, in a change of its own`,
          }),
      environments: environmentsOf(facts),
      subject: null,
      facts,
      identity: owner ?? "",
    };
  }
  yield* nobodyNamed(judging);
};

/** What is new needs an owner; what there was needs one that this change does not choose. */
function tellUnowned(
  { context }: Judging,
  names: readonly string[],
  about: string,
): Pick<DiffDraft, "help" | "message"> {
  const isOwnerless = (name: string): boolean =>
    context.sides.every(({ after }) => after.find(name)?.owner === undefined) &&
    context.sides.some(({ after }) => after.find(name) !== undefined);
  const isNew = (name: string): boolean =>
    context.sides.every(({ before }) => before.find(context.earlier(name)) === undefined);
  const whose = names.every(isOwnerless)
    ? `nobody owns ${briefList(names)}`
    : `nobody owned ${briefList(names)} before`;
  return {
    message: `${whose}, and so nobody can approve that ${about}`,
    help: names.every((name) => isOwnerless(name) && isNew(name))
      ? "give it an owner"
      : "give it an owner, in a change of its own",
  };
}

/** One for all changes that lower a safeguard and ask for nobody, since the matrix names nobody for it. */
function* nobodyNamed({ approvers, judged }: Judging): Iterable<DiffDraft> {
  const asked = new Set(approvers.flatMap(({ changes }) => changes));
  const facts = judged.filter(
    ({ impact, kind, fingerprint }) => (impact === "broadens" || kind === "rule-removed") && !asked.has(fingerprint),
  );
  if (facts.length === 0) return;
  yield {
    message: `nobody is named to approve: ${briefList([...new Set(facts.map(tell))])}`,
    help: "let whoever answers for it agree; of a rule, approvers can be named",
    environments: environmentsOf(facts),
    subject: null,
    facts,
    identity: "nobody is named",
  };
}

const verbs: Partial<Readonly<Record<ChangeKind, string>>> = {
  "rule-removed": "removes the rule",
  "rule-changed": "relaxes the rule",
  "sensitive-changed": "makes less sensitive",
  "guardrails-changed": "loosens the guardrails of",
  "lint-changed": "lowers the severity of",
  "environment-changed": "changes the environment",
};

function tell({ kind, subject }: JudgedFact): string {
  const verb = verbs[kind] ?? `changes the ${kind.replace(/-[a-z]+$/, "").replaceAll("-", " ")} of`;
  return subject === null ? verb : `${verb} ${subject}`;
}

function environmentsOf(facts: readonly JudgedFact[]): readonly string[] {
  return [...new Set(facts.flatMap(({ environments }) => environments))].sort(compareText);
}
