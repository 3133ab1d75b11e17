import { briefList } from "../../../matrix/rules/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import type { FindingStep } from "../finding-step.ts";

/** Of each owner for whom nobody on GitHub can approve, and of what has no owner. */
export const approverMissing: FindingStep = function* ({ approvers, judged }) {
  const missing = approvers.filter(({ github }) => github.length === 0);
  if (missing.length === 0) return;
  const byFingerprint = new Map(judged.map((fact) => [fact.fingerprint, fact]));
  for (const { owner, changes } of missing) {
    const facts = changes.flatMap((fingerprint) => byFingerprint.get(fingerprint) ?? []);
    const about = briefList([...new Set(facts.map(({ subject, kind }) => subject ?? kind.replace(/-changed$/, "")))]);
    yield {
      message:
        owner === null
          ? `nobody owns what must be approved: ${about}`
          : `${owner} must approve ${about}, and the earlier version names nobody on GitHub for it`,
      help:
        owner === null
          ? "give it an owner, or approvers, in a change of its own"
          : `write who approves: owners: { ${owner}: { github: "@org/team" } }, in a change of its own`,
      environments: [...new Set(facts.flatMap(({ environments }) => environments))].sort(compareText),
      subject: null,
      facts,
      identity: owner ?? "",
    };
  }
};
