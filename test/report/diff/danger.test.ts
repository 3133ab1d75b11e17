import { describe, expect, test } from "vitest";
import type { Change, DiffReport } from "../../../src/diff/diff-report.ts";
import { describeMany } from "../../../src/report/diff/describe-change.ts";
import { markdown } from "../../../src/report/diff/markdown.ts";
import { sayPlain } from "../../../src/report/diff/say.ts";
import { text } from "../../../src/report/diff/text.ts";
import { verdict } from "../../../src/report/diff/verdict.ts";
import { changeOf, edgeOf, findingOf, options, pairOf, reachOf, reportOf } from "./report-of.ts";

const sentence = (report: DiffReport): string => verdict(report, sayPlain).join("; ");
const lowered = { impact: "broadens", rules: ["safeguard-lowered"] } as const;
const edges = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, i) => edgeOf("edge-added", "shop", `s${i}`));
const intoPayments = edgeOf("edge-added", "shop", "payments", { rules: ["caller-gained", "sensitive-gains-caller"] });

describe("the first sentence names the dangerous part", () => {
  test("a sensitive service that gains a caller, among many edges", () => {
    expect(sentence(reportOf({ changes: [...edges(15), intoPayments] }))).toBe(
      "lets shop call payments (sensitive); adds 15 more edges; broadens access",
    );
    const callers = ["a", "b", "c", "d", "e"].map((from) =>
      edgeOf("edge-added", from, "payments", { rules: ["caller-gained", "sensitive-gains-caller"] }),
    );
    expect(sentence(reportOf({ changes: callers }))).toBe(
      "lets a, b, c and 2 more call payments (sensitive); broadens access",
    );
  });

  test("everything in the order of danger; the rest says what it does", () => {
    const changes = [
      changeOf("service-removed", "old"),
      ...edges(3),
      intoPayments,
      edgeOf("edge-removed", "a", "b"),
      changeOf("ingress-changed", "x", {
        before: "internal",
        after: "all",
        impact: "broadens",
        rules: ["exposure-opened"],
      }),
      changeOf("mode-changed", "y", {
        before: "enforce",
        after: "add",
        impact: "broadens",
        rules: ["enforcement-lowered"],
      }),
      changeOf("rule-removed", "inside", lowered),
      changeOf("sensitive-changed", null, { ...lowered, before: { labels: { data: ["pci", "pii"] } } }),
    ];
    const findings = [
      findingOf({ rule: "sensitive-lost", subject: "ledger" }),
      findingOf({ rule: "service-vanishes", severity: "error", subject: "old" }),
      findingOf({ rule: "never-newly-broken", severity: "error", subject: "p", matrixRule: "pci" }),
    ];
    const reach = reachOf([
      pairOf(["internet", "shop", "s1"]),
      pairOf(["internet", "shop", "payments"], { sensitive: true }),
    ]);
    expect(sentence(reportOf({ changes, findings, reach }))).toBe(
      [
        "breaks the rule pci",
        "the internet newly reaches payments (sensitive)",
        "old vanishes without having been retired",
        "removes the rule inside",
        "removes sensitive (labels: data: pci, pii)",
        "ledger is not sensitive any more",
        "lets shop call payments (sensitive)",
        "changes the ingress of x from internal to all",
        "the internet newly reaches s1",
        "and 4 more that broaden, 1 that narrows",
        "broadens access",
      ].join("; "),
    );
  });

  test("a label that goes is told by what it makes less than sensitive, and by the rules that mean less", () => {
    const label = changeOf("labels-changed", "billing", { ...lowered, before: { data: "pci" } });
    const changes = [label.fingerprint];
    const findings = [
      findingOf({ rule: "sensitive-lost", subject: "billing", changes }),
      findingOf({ rule: "rule-covers-less", message: "the rule pci does not mean billing any more", changes }),
    ];
    const report = reportOf({ changes: [label], findings });
    expect(sentence(report)).toBe(
      "billing is not sensitive any more; the rule pci does not mean billing any more; broadens access",
    );
    expect(text(report, options)).toContain("            labels: data was: pci, is: nothing\n");
    expect(markdown(report, options)).toContain("| labels: data was: pci, is: nothing |");
  });

  test("many safeguards are named, and counted by what they are about", () => {
    const rules = ["a", "b", "c"].map((name) => changeOf("rule-removed", name, lowered));
    expect(sentence(reportOf({ changes: rules }))).toBe("removes 3 rules (a, b and c); broadens access");
    const moved = ["prod", "qa"].flatMap((name) =>
      ["a", "b", "c"].map((key) =>
        changeOf("project-changed", key, { environments: [name], before: `${name}-1`, after: `${name}-2` }),
      ),
    );
    expect(sentence(reportOf({ changes: moved, environments: ["prod", "qa"] }))).toBe(
      "moves 3 services to another project in prod and qa; changes no access",
    );
    expect(describeMany("project-changed", 9)).toBe("moves 9 services to another project");
  });

  test("a probable renaming is told as one", () => {
    const gone = changeOf("service-removed", "images");
    const come = changeOf("service-added", "pictures");
    const changes = [come, gone];
    const findings = [
      findingOf({ rule: "service-vanishes", severity: "error", subject: "images" }),
      findingOf({ rule: "possible-rename", subject: "pictures", changes: changes.map((each) => each.fingerprint) }),
    ];
    expect(sentence(reportOf({ changes, findings }))).toBe(
      "probably renames images to pictures (formerNames missing, so that Terraform destroys images)",
    );
    expect(sentence(reportOf({ changes, findings: findings.slice(1) }))).toBe(
      "probably renames images to pictures (formerNames missing); changes no access",
    );
  });

  test.each<readonly [Change, string]>([
    [
      changeOf("team-changed", "orders", { before: { github: "@acme/y" }, after: { github: "@acme/x" } }),
      "@acme/x approves for orders from now on",
    ],
    [changeOf("team-changed", "orders", { before: { github: "@acme/y" } }), "nobody approves for orders from now on"],
    [
      changeOf("environment-changed", "prod", { before: { projects: "a" }, after: { projects: "b" } }),
      "changes the environment prod; changes no access",
    ],
    [changeOf("environment-removed", "prod"), "removes the environment prod; changes no access"],
    [
      changeOf("description-changed", "a", { before: "Sells" }),
      "removes the description of a in prod; changes no access",
    ],
  ])("%#: $1", (change, words) => {
    const environments = change.kind === "team-changed" ? [] : change.environments;
    expect(sentence(reportOf({ changes: [{ ...change, environments }], environments: ["prod", "qa"] }))).toBe(words);
  });
});

describe("what is gone says what it was", () => {
  test("a rule, as YAML would", () => {
    const never = { from: "internet", to: { labels: { data: ["pci", "pii"] } }, unless: { via: ["payments-api"] } };
    const rule = changeOf("rule-removed", "inside", {
      ...lowered,
      before: { reason: "PCI DSS", severity: "error", never },
    });
    const report = reportOf({ changes: [rule, changeOf("description-changed", "a", { before: "Sells fish" })] });
    const said = "was never: from: internet, to: labels: data: [pci, pii], unless: via: payments-api";
    expect(text(report, { ...options, width: 120 })).toContain(
      `            was reason: PCI DSS\n            ${said}\n`,
    );
    expect(text(report, options)).toContain("            was: Sells fish\n");
    expect(markdown(report, options)).toContain(
      "was reason: PCI DSS<br>was never: `from: internet, to: labels: data: [pci, pii], unless: via: payments-api`",
    );
  });
});

describe("reach adds up", () => {
  const environments = ["prod", "qa"];
  const pairs = environments.flatMap((environment) =>
    Array.from({ length: 14 }, (_, i) => pairOf(["a", "b", `c${i}`], { environment })),
  );
  const direct = environments.map((environment) => pairOf(["a", "b"], { environment }));
  const changes = [edgeOf("edge-added", "a", "b", { environments })];
  const numbers = (output: string): readonly (readonly string[])[] =>
    [...output.matchAll(/(\d+) (?:new )?pairs?|(\d+) of them|and (\d+) more/g)].map((found) => found.slice(0, 1));

  test("heading, list and what is left are of one unit", () => {
    const report = reportOf({ changes, environments, reach: reachOf([...direct, ...pairs]) });
    expect(numbers(text(report, options))).toEqual([["15 pairs"], ["1 of them"], ["and 4 more"]]);
    expect(text(report, options).match(/^ {2}\+ /gm)).toHaveLength(10);
    expect(text(report, { ...options, verbose: true }).match(/^ {2}\+ /gm)).toHaveLength(15);
    expect(markdown(report, options)).toContain("### Who reaches whom: 15 new pairs, 1 of them by the changes above\n");
    expect(markdown(report, options)).toContain("<summary>4 more pairs</summary>");
  });

  test("where not all are listed, each counts in each environment", () => {
    const reach = { ...reachOf([...direct, ...pairs]), gainedTotal: 100 };
    const output = text(reportOf({ changes, environments, reach }), { ...options, verbose: true });
    expect(output).toContain("reach: 100 pairs gained, counted in each environment\n");
    expect(output.match(/^ {2}\+ /gm)).toHaveLength(30);
    expect(output).toContain("  and 70 more, which are only counted\n");
  });
});
