import type { Change, DiffReport } from "../../../src/diff/diff-report.ts";
import { approverOf, at, changeOf, edgeOf, findingOf, pairOf, reachOf, reportOf } from "./report-of.ts";

/** A whole team goes, with all that it runs. */
export function teamRemoved(): DiffReport {
  const services = ["fax", "fax-archive", "pager", "telex"];
  const narrows = { impact: "narrows" } as const;
  const changes: readonly Change[] = [
    ...services.map((name, i) =>
      changeOf("service-removed", name, {
        to: name,
        before: { owner: "telecom", kind: "service" },
        baseSpan: at(80 + i),
      }),
    ),
    ...services.map((name, i) => edgeOf("edge-removed", "gateway", name, { baseSpan: at(120 + i) })),
    changeOf("public-removed", "fax", {
      from: "internet",
      to: "fax",
      before: { reason: "Providers deliver here" },
      ...narrows,
      rules: ["exposure-closed"],
      baseSpan: at(82),
    }),
    changeOf("owner-changed", "gateway", {
      to: "gateway",
      before: "telecom",
      after: "platform",
      span: at(30),
      baseSpan: at(30),
    }),
    changeOf("team-removed", "telecom", { environments: [], before: { github: "@acme/telecom" }, baseSpan: at(4) }),
  ];
  return reportOf({
    changes,
    findings: services.map((subject) =>
      findingOf({
        rule: "service-vanishes",
        severity: "error",
        message: `${subject} vanishes without having been retired: Terraform destroys its account and its row`,
        help: "give it stage: retiring first, with the date in retired",
        subject,
      }),
    ),
    reach: reachOf(
      [],
      [
        pairOf(["internet", "fax"]),
        pairOf(["internet", "fax", "fax-archive"]),
        ...services.map((to) => pairOf(["gateway", to])),
      ],
    ),
    approvers: [
      approverOf("telecom", {
        reasons: ["service-owner", "former-owner"],
        changes: changes.map(({ fingerprint }) => fingerprint),
      }),
      approverOf(null, {
        reasons: ["service-owner"],
        unowned: ["gateway"],
        changes: changes.slice(-2, -1).map(({ fingerprint }) => fingerprint),
      }),
    ],
  });
}

/** More than anybody reads. */
export function manyChanges(): DiffReport {
  const environments = ["dev", "prod", "qa", "staging"];
  const number = (i: number): string => String(i).padStart(3, "0");
  const added = Array.from({ length: 120 }, (_, i) =>
    edgeOf("edge-added", `caller-${number(i)}`, `service-${number(i % 40)}`, { environments, span: at(100 + i) }),
  );
  const removed = Array.from({ length: 80 }, (_, i) =>
    edgeOf("edge-removed", `caller-${number(i)}`, `service-${number(60 + i)}`, { environments, baseSpan: at(100 + i) }),
  );
  const reworded = Array.from({ length: 100 }, (_, i) =>
    changeOf("reason-changed", `caller-${number(i)} -> service-${number(i + 1)}`, {
      from: `caller-${number(i)}`,
      to: `service-${number(i + 1)}`,
      before: "Old words",
      after: "New words",
      environments: ["prod"],
      span: at(500 + i),
    }),
  );
  const gained = Array.from({ length: 300 }, (_, i) =>
    pairOf(
      i < 30 ? ["internet", "caller-000", `service-${number(i)}`] : [`caller-${number(i)}`, "hub", "service-001"],
      {
        sensitive: i < 2,
      },
    ),
  );
  return reportOf({
    environments,
    changes: [...added, ...removed, ...reworded],
    reach: { gained, lost: [pairOf(["caller-001", "service-061", "service-062"])], gainedTotal: 4200, lostTotal: 1 },
    findings: Array.from({ length: 30 }, (_, i) =>
      findingOf({
        severity: i < 2 ? "error" : "warning",
        message: `the internet reaches service-${number(i)}`,
        subject: `service-${number(i)}`,
        path: ["internet", "caller-000", `service-${number(i)}`],
        changes: [added[0]?.fingerprint ?? ""],
        span: at(100),
      }),
    ),
    approvers: Array.from({ length: 9 }, (_, i) =>
      approverOf(`team-${i}`, { changes: added.slice(i, i + 3).map((each) => each.fingerprint) }),
    ),
  });
}
