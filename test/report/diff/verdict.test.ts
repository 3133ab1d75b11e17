import { describe, expect, test } from "vitest";
import { changeKinds, type ChangeKind } from "../../../src/diff/change-kind.ts";
import { type Change, impacts } from "../../../src/diff/diff-report.ts";
import { describeChange, describeMany } from "../../../src/report/diff/describe-change.ts";
import { joinClauses } from "../../../src/report/diff/join-clauses.ts";
import { sayPlain } from "../../../src/report/diff/say.ts";
import { markdown } from "../../../src/report/diff/markdown.ts";
import { text } from "../../../src/report/diff/text.ts";
import { verdict } from "../../../src/report/diff/verdict.ts";
import { approverOf, changeOf, edgeOf, findingOf, options, pairOf, reachOf, reportOf } from "./report-of.ts";
import { scenes } from "./scenes.ts";

const kinds = Object.keys(changeKinds) as ChangeKind[];
const sentence = (report: Parameters<typeof verdict>[0]): string => verdict(report, sayPlain).join("; ");

describe("what a change does", () => {
  test.each(kinds)("%s: a phrase for one and for many, whatever its values", (kind) => {
    const isEdge = changeKinds[kind] === "edge";
    for (const impact of impacts)
      for (const [before, after] of [
        [null, "b"],
        ["a", null],
        ["a", { email: "b" }],
      ] as const) {
        const named = isEdge ? { from: "caller", to: "callee" } : {};
        const phrase = describeChange(changeOf(kind, "name", { ...named, before, after, impact }), sayPlain);
        expect(phrase).toMatch(/^[a-z][^;.]*$/);
        expect(phrase).not.toMatch(/undefined|null|\[object/);
        if (changeKinds[kind] !== "matrix" && !kind.endsWith("-renamed")) expect(phrase).toMatch(/name|calle[re]/);
      }
    expect(describeMany(kind, 12)).toMatch(/^[a-z].*\b12\b/);
  });

  test.each<readonly [Change, string]>([
    [edgeOf("edge-added", "a", "b"), "lets a call b"],
    [edgeOf("edge-added", "a", "b", { after: { through: "iap" } }), "lets a call b through IAP"],
    [edgeOf("edge-added", "a", "b", { impact: "neutral" }), "adds a -> b, which grants nothing"],
    [edgeOf("edge-removed", "a", "b"), "no longer lets a call b"],
    [edgeOf("edge-removed", "a", "b", { impact: "neutral" }), "removes a -> b, which granted nothing"],
    [changeOf("expiry-changed", "a -> b", { from: "a", to: "b", after: "2027-01-31" }), "ends a -> b on 2027-01-31"],
    [
      changeOf("expiry-changed", "a -> b", { from: "a", to: "b", before: "2027-01-31", impact: "broadens" }),
      "takes the end of a -> b away, which was 2027-01-31",
    ],
    [changeOf("owner-changed", "a", { before: "x" }), "hands a from x to nobody"],
    [changeOf("iap-changed", "a", { before: true, after: false }), "turns IAP off for a"],
    [
      changeOf("mode-changed", "a", { before: "enforce", after: "add", impact: "broadens" }),
      "lowers the mode of a from enforce to add",
    ],
    [changeOf("rule-changed", "r", { impact: "narrows" }), "tightens the rule r"],
    [changeOf("public-removed", "s", { from: "internet", to: "s" }), "closes s to the internet"],
  ])("%#: $1", (change, phrase) => {
    expect(describeChange(change, sayPlain)).toBe(phrase);
  });
});

describe("the verdict", () => {
  test.each([
    ["edge", "lets checkout call mailer; broadens access; needs @acme/mail"],
    ["rename", "renames cart to cartservice; changes no access"],
    ["mode", "raises the mode of billing from observe to enforce; narrows access"],
    ["nothing", "matrix.yaml means the same as main:matrix.yaml"],
  ])("%s", (name, words) => {
    expect(sentence(scenes[name] ?? reportOf({}))).toBe(words);
  });

  test("what broadens is told before what comes with it", () => {
    const changes = [
      changeOf("service-added", "mailer", { to: "mailer" }),
      changeOf("description-changed", "x"),
      edgeOf("edge-removed", "a", "b"),
      edgeOf("edge-added", "shop", "mailer"),
    ];
    expect(sentence(reportOf({ changes }))).toBe(
      "lets shop call mailer; adds the service mailer; and 1 more that narrows; broadens access",
    );
  });

  test("it stays short: of what comes, and of what broadens, there is a bit; what is neutral is not counted", () => {
    const changes = [
      ...["a", "b", "c"].map((name) => changeOf("service-added", name)),
      changeOf("environment-added", "qa"),
      changeOf("public-added", "a", { from: "internet", to: "a", impact: "broadens" }),
      edgeOf("edge-added", "a", "b"),
      edgeOf("edge-added", "b", "c"),
      changeOf("description-changed", "d"),
    ];
    expect(sentence(reportOf({ changes }))).toBe(
      "opens a to the internet; lets a call b; lets b call c; adds 3 services; broadens access",
    );
  });

  test("the same in several environments is said once, whatever its details", () => {
    const added = ["prod", "qa"].map((name) =>
      changeOf("service-added", "mailer", {
        environments: [name],
        after: {
          owner: "mail",
          project: `acme-${name}`,
          regions: ["europe-west1"],
          ...(name === "qa" ? { mode: "add" } : {}),
        },
        usual: ["project", "regions"],
        fingerprint: name,
      }),
    );
    const report = reportOf({
      changes: added,
      environments: ["prod", "qa"],
      approvers: [approverOf("mail", { changes: ["prod", "qa"] })],
    });
    expect(sentence(report)).toBe("adds the service mailer; changes no access; needs @acme/mail");
    const lines = text(report, options).split("\n");
    expect(lines.slice(3, 6)).toEqual([
      "  neutral   adds the service mailer in prod and qa",
      "            owner: mail",
      "            qa: mode: add",
    ]);
    expect(lines).toContain("  @acme/mail for mail: owns what gains a caller (1 change)");
    const all = text(report, { ...options, verbose: true });
    for (const line of [
      "regions: europe-west1",
      "prod: project: acme-prod",
      "qa: project: acme-qa; mode: add",
      "fingerprint in qa: qa",
    ])
      expect(all).toContain(`            ${line}\n`);
    expect(markdown(report, options)).toContain("| owner: mail<br>qa: mode: add |");
  });

  test("what the internet reaches by an opening that is told is not told again", () => {
    const opened = changeOf("public-added", "s", { from: "internet", to: "s", impact: "broadens" });
    const reach = reachOf([pairOf(["internet", "s"]), pairOf(["internet", "s", "t"])]);
    expect(sentence(reportOf({ changes: [opened], reach }))).toBe(
      "opens s to the internet; through it the internet reaches t; broadens access",
    );
  });

  test("grave findings take part, and so does an owner whom GitHub does not know", () => {
    const changes = [edgeOf("edge-added", "a", "b")];
    const findings = [
      findingOf({ rule: "never-newly-broken", severity: "error", subject: "b", matrixRule: "inside" }),
      findingOf({ rule: "account-destroyed", severity: "error", subject: "x" }),
      findingOf({ rule: "account-destroyed", severity: "error", subject: "y" }),
    ];
    const approvers = [approverOf("team-b", { github: [] }), approverOf(null, { unowned: ["b"] })];
    expect(sentence(reportOf({ changes, findings, approvers }))).toBe(
      "breaks the rule inside; Terraform destroys 2 accounts (x and y); lets a call b; broadens access; needs team-b (not known to GitHub) and somebody for b (nobody owns it)",
    );
  });

  test("stands on one line where there is room, and breaks between clauses where not", () => {
    expect(joinClauses(["aa", "bb", "cc"], 80)).toEqual(["aa; bb; cc"]);
    expect(joinClauses(["aa", "語語", "cc"], 8)).toEqual(["aa;", "  語語;", "  cc"]);
    expect(joinClauses(["a".repeat(99), "b"], 40)).toEqual([`${"a".repeat(99)};`, "  b"]);
  });
});

describe("text", () => {
  test("quiet says nothing", () => {
    for (const report of Object.values(scenes)) expect(text(report, { ...options, quiet: true })).toBe("");
  });

  test("environments are said where there are several", () => {
    const changes = [edgeOf("edge-added", "a", "b", { environments: ["prod", "staging"] })];
    const said = (environments: readonly string[]): string | undefined =>
      text(reportOf({ changes, environments }), options).split("\n")[0];
    expect(said(["prod"])).toBe("lets a call b; broadens access");
    expect(said(["prod", "staging"])).toBe("lets a call b in prod and staging; broadens access");
  });

  test("a side without a matrix is said", () => {
    const base = { name: "main:matrix.yaml", commit: null, isPresent: false };
    expect(text(reportOf({ base, changes: [changeOf("service-added", "a")] }), options)).toContain(
      "main:matrix.yaml holds no matrix, which counts as one that declares nothing",
    );
  });

  test("more than five findings of a rule are one with their names, and one help", () => {
    const vanishing = (count: number): string =>
      text(
        reportOf({
          changes: [changeOf("service-removed", "a")],
          findings: Array.from({ length: count }, (_, i) =>
            findingOf({
              rule: "service-vanishes",
              severity: "error",
              message: `s${i} goes`,
              help: "retire it",
              subject: `s${i}`,
            }),
          ),
        }),
        { ...options, width: 200 },
      );
    expect(vanishing(5).match(/= help: retire it/g)).toHaveLength(5);
    expect(vanishing(6)).toContain(
      "error[service-vanishes]: 6 services go without having been retired: applying it destroys what Terraform has of them (s0, s1, s2 and 3 more)\n  = help: retire it\n\na\n",
    );
  });

  test("long lists are folded and say how to see all; verbose folds nothing", () => {
    const many = scenes["many"] ?? reportOf({});
    const folded = text(many, options);
    expect(folded.split("\n").length).toBeLessThan(220);
    expect(folded).toContain("and 275 more changes: 95 broaden, 80 narrow, 100 neutral; -v lists all");
    const all = text(many, { ...options, verbose: true });
    for (const { fingerprint } of [...many.changes, ...many.findings]) expect(all).toContain(fingerprint);
    expect(all).not.toContain("-v lists all");
    expect(all).toContain("and 3900 more, which are only counted");
  });
});
