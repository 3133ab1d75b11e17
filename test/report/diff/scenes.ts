import type { DiffReport } from "../../../src/diff/diff-report.ts";
import { approverOf, at, changeOf, edgeOf, findingOf, pairOf, reachOf, reportOf } from "./report-of.ts";
import { manyChanges, teamRemoved } from "./scenes-large.ts";

/** What reviewers meet, each as diff would judge it. */
export const scenes: Readonly<Record<string, DiffReport>> = {
  nothing: reportOf({}),
  edge: oneEdge(),
  pci: edgeIntoPci(),
  public: madePublic(),
  rename: renamed(),
  expiry: expiryExtended(),
  rule: ruleRelaxed(),
  mode: modeRaised(),
  team: teamRemoved(),
  many: manyChanges(),
};

function oneEdge(): DiffReport {
  const edge = edgeOf("edge-added", "checkout", "mailer", { after: { reason: "Sends the receipt" } });
  return reportOf({
    changes: [edge],
    reach: reachOf([pairOf(["checkout", "mailer"])]),
    findings: [findingOf({ rule: "reach-gained", severity: "info", message: "1 pair is newly connected" })],
    approvers: [approverOf("mail", { changes: [edge.fingerprint] })],
  });
}

function edgeIntoPci(): DiffReport {
  const edge = edgeOf("edge-added", "storefront", "billing", {
    after: { reason: "Charges saved cards", ticket: "PAY-311", expires: "2027-05-31" },
    rules: ["caller-gained", "internet-reaches", "sensitive-gains-caller"],
  });
  const fingerprints = [edge.fingerprint];
  const findings = [
    findingOf({
      severity: "error",
      message: "the internet reaches billing, which is sensitive",
      help: "let the call go through checkout, or open storefront to members only",
      subject: "billing",
      path: ["internet", "storefront", "billing"],
      changes: fingerprints,
      span: at(42),
    }),
    findingOf({
      rule: "sensitive-gains-caller",
      message: "billing, which is sensitive, gains the caller storefront",
      subject: "billing",
      changes: fingerprints,
      span: at(42),
    }),
  ];
  return reportOf({
    environments: ["prod", "staging"],
    changes: [edge],
    findings,
    reach: reachOf([
      pairOf(["internet", "storefront", "billing"], { sensitive: true }),
      pairOf(["internet", "storefront", "billing", "ledger"]),
      pairOf(["storefront", "billing"], { sensitive: true }),
      pairOf(["storefront", "billing", "ledger"]),
    ]),
    approvers: [
      approverOf("payments", { changes: fingerprints }),
      approverOf("security", { reasons: ["rule-approver"], changes: fingerprints }),
    ],
  });
}

function madePublic(): DiffReport {
  const environments = ["prod", "staging"];
  const opened = changeOf("public-added", "search", {
    environments,
    from: "internet",
    to: "search",
    after: { reason: "Partners embed the search box" },
    impact: "broadens",
    rules: ["exposure-opened"],
    span: at(17),
  });
  const ingress = changeOf("ingress-changed", "search", {
    environments,
    to: "search",
    before: "internal",
    after: "all",
    impact: "broadens",
    rules: ["exposure-opened"],
    span: at(16),
  });
  return reportOf({
    environments,
    changes: [opened, ingress],
    findings: [
      findingOf({
        message: "the internet reaches catalog",
        environments,
        subject: "catalog",
        path: ["internet", "search", "catalog"],
        changes: [opened.fingerprint],
        span: at(17),
      }),
    ],
    reach: reachOf(
      environments.flatMap((environment) => [
        pairOf(["internet", "search"], { environment }),
        pairOf(["internet", "search", "catalog"], { environment }),
      ]),
    ),
    approvers: [approverOf("search", { changes: [opened.fingerprint, ingress.fingerprint] })],
  });
}

function renamed(): DiffReport {
  const rename = changeOf("service-renamed", "cartservice", {
    to: "cartservice",
    before: "cart",
    after: "cartservice",
    span: at(9),
    baseSpan: at(9),
  });
  return reportOf({ changes: [rename] });
}

function expiryExtended(): DiffReport {
  const edge = changeOf("expiry-changed", "oncall -> billing", {
    from: "oncall",
    to: "billing",
    before: "2026-12-31",
    after: "2027-06-30",
    impact: "broadens",
    rules: ["caller-gained", "expiry-extended", "reason-unchanged"],
    span: at(51),
    baseSpan: at(51),
  });
  const said = { subject: "billing", changes: [edge.fingerprint], span: at(51) };
  return reportOf({
    changes: [edge],
    findings: [
      findingOf({ rule: "expiry-extended", message: "oncall may call billing for 181 days more", ...said }),
      findingOf({
        rule: "reason-unchanged",
        message: "oncall -> billing grants more, and its reason is what it was",
        help: "say why it is still needed",
        ...said,
      }),
    ],
    approvers: [approverOf("payments", { changes: [edge.fingerprint] })],
  });
}

function ruleRelaxed(): DiffReport {
  const rule = changeOf("rule-changed", "no-web-to-pci", {
    environments: [],
    before: { never: { from: ["label:tier=web"] } },
    after: { never: { from: ["storefront"] } },
    impact: "broadens",
    rules: ["safeguard-lowered", "rule-covers-less"],
    span: at(70),
    baseSpan: at(70),
  });
  return reportOf({
    changes: [rule],
    findings: [
      findingOf({
        rule: "rule-covers-less",
        message: "no-web-to-pci no longer covers admin and search",
        environments: [],
        changes: [rule.fingerprint],
        span: at(70),
      }),
    ],
    approvers: [approverOf("security", { reasons: ["rule-approver"], changes: [rule.fingerprint] })],
  });
}

function modeRaised(): DiffReport {
  const mode = changeOf("mode-changed", "billing", {
    to: "billing",
    before: "observe",
    after: "enforce",
    impact: "narrows",
    rules: ["enforcement-raised", "mode-raised"],
    span: at(22),
    baseSpan: at(22),
  });
  return reportOf({
    changes: [mode],
    findings: [
      findingOf({
        rule: "mode-raised",
        message: "whoever may call billing and is not declared loses access",
        help: "matrix drift says who that is",
        subject: "billing",
        changes: [mode.fingerprint],
        span: at(22),
      }),
    ],
  });
}
