import { settingOf } from "../../src/matrix/rules/rule-ids.ts";
import { describe, expect, test } from "vitest";
import { driftRules } from "../../src/drift/rules/registry.ts";
import type { DriftFinding, DriftReport } from "../../src/drift/drift-report.ts";
import { writeExceptions } from "../../src/drift/write-exceptions.ts";
import { PLACEHOLDER } from "../../src/matrix/model/placeholder.ts";
import { type DriftRuleId, driftRuleIdList } from "../../src/matrix/rules/drift-rule-ids.ts";
import { textDriftFinding } from "../../src/report/drift/text-finding.ts";
import { paint } from "../../src/report/terminal/paint.ts";
import type { Policy, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { driftCases } from "./cases/drift-cases.ts";
import { driftOf, readMatrixFor, worldOf } from "./drift-of.ts";
import { live } from "./live-world.ts";

test("there is one case for each rule", () => {
  expect(driftCases.map(({ rule }) => rule).sort()).toEqual([...driftRuleIdList].sort());
});

describe.each(driftCases)("$rule", ({ rule, matrix, bad, good, beside = [] }) => {
  const report = driftOf(matrix, bad);

  test("finds the bad world once, and names nothing else", async () => {
    expect(report.findings.map((each) => each.rule).sort()).toEqual([rule, ...beside].sort());
    await expect(golden(findingIn(report, rule))).toMatchFileSnapshot(`golden/${rule}.txt`);
  });

  test("finds nothing at all in the good world", () => {
    const { findings, complete } = driftOf(matrix, good);
    expect(findings).toEqual([]);
    expect(complete).toBe(true);
  });

  test("judges a matrix that can be synthesized", () => {
    expect(readMatrixFor(matrix, bad).findings.filter(({ stopsSynth }) => stopsSynth)).toEqual([]);
  });

  test("can be switched off by lint, unless it says who may call or what was not read", () => {
    const text = `${matrix}lint: { ${rule}: "off" }\n`;
    const stays = settingOf(rule, { [rule]: "off" }) === undefined;
    expect(
      driftOf(text, bad)
        .findings.map((each) => each.rule)
        .sort(),
    ).toEqual([...(stays ? [rule] : []), ...beside].sort());
    expect(readMatrixFor(text, bad).findings.some((each) => each.rule === "fixed-severity")).toBe(stays);
  });

  test("is accepted by the exception that is written for it, once a person has said why, and until its date", () => {
    const world = worldOf(readMatrixFor(matrix, bad));
    const exceptions = writeExceptions(report, world, (finding) => finding.rule === rule);
    const acceptedWith = (text: string): string | null => {
      const validated = readMatrixFor(`${matrix}${text}`, bad);
      expect(validated.findings.filter(({ stopsSynth }) => stopsSynth)).toEqual([]);
      const after = driftOf(`${matrix}${text}`, bad);
      const finding = findingIn(after, rule);
      expect(after.findings).toHaveLength(report.findings.length);
      expect(finding.fingerprint).toBe(findingIn(report, rule).fingerprint);
      if (rule === "not-readable") expect(after.complete).toBe(finding.accepted !== null);
      return finding.accepted;
    };
    const said = exceptions
      .replace(JSON.stringify(PLACEHOLDER), "It goes with the next release")
      .replace("owner: TODO", "owner: team-sre");
    expect(acceptedWith(exceptions)).toBeNull();
    expect(acceptedWith(said)).toMatch(/^DRIFT-/);
    expect(acceptedWith(said.replace(/expires: .*/, "expires: 2026-11-21"))).toBeNull();
    expect(acceptedWith(withOtherRole(said))).toBeNull();
  });

  test("keeps its fingerprint while other services, etags and times change", () => {
    const later = driftOf(matrix, changed(bad));
    const { fingerprint } = findingIn(report, rule);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(later.findings.filter((each) => each.rule === rule).map((each) => each.fingerprint)).toContain(fingerprint);
  });
});

test("one grant is one finding, whatever it opens; its fingerprint stays", () => {
  const inherited = driftCases.find(({ rule }) => rule === "undeclared-caller-inherited");
  if (inherited === undefined) throw new Error("no such case");
  const before = findingIn(driftOf(inherited.matrix, inherited.bad), "undeclared-caller-inherited");
  const after = findingIn(driftOf(inherited.matrix, changed(inherited.bad)), "undeclared-caller-inherited");
  expect(after.services.length).toBe(before.services.length + 1);
  expect(after.fingerprint).toBe(before.fingerprint);
});

test("no two cases share a fingerprint", () => {
  const fingerprints = driftCases.map(({ rule, matrix, bad }) => findingIn(driftOf(matrix, bad), rule).fingerprint);
  expect(new Set(fingerprints).size).toBe(driftCases.length);
});

function withOtherRole(exception: string): string {
  const other = "role: roles/none.such";
  return exception.includes(" role: ")
    ? exception.replace(/ role: [^ ,}]+/, ` ${other}`)
    : exception.replace("environment: prod", `environment: prod, ${other}`);
}

function findingIn({ findings }: DriftReport, rule: DriftRuleId): DriftFinding {
  const [finding, ...others] = findings.filter((each) => each.rule === rule);
  if (finding === undefined || others.length > 0) throw new Error(`${rule}: ${findings.map((each) => each.rule)}`);
  return finding;
}

/** What a person sees of a finding, and below it what only programs see. */
function golden(finding: DriftFinding): string {
  const { severity, confidence, principal, resource, role, services } = finding;
  const { summary } = driftRules[finding.rule];
  const lines = textDriftFinding(finding, { paint: paint(false), verbose: true });
  const facts = { summary, severity, confidence, services: services.join(", "), principal, resource, role };
  return [...lines, "", ...Object.entries(facts).map(([name, value]) => `${name}: ${value ?? "-"}`), ""].join("\n");
}

/** The same world an hour later, with one more service and other etags. */
function changed(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    version: "9.9.9",
    startedAt: "2026-11-22T12:59:00Z",
    finishedAt: "2026-11-22T13:00:00Z",
    sha256: "0".repeat(64),
    containers: snapshot.containers.map((each) => ({ ...each, policy: tagged(each.policy) })),
    projects: snapshot.projects.map((each) =>
      each.project === "acme-prod" ? { ...each, services: withOneMore(each.services) } : each,
    ),
  };
}

function withOneMore(services: Reading<readonly ServiceRecord[]>): typeof services {
  if (services.status !== "read") return services;
  const tag = (record: ServiceRecord): ServiceRecord => ({ ...record, policy: tagged(record.policy) });
  return {
    ...services,
    value: [...services.value.map(tag), live("unrelated", [], { account: "unrelated@elsewhere.example" })],
  };
}

function tagged(policy: Reading<Policy>): Reading<Policy> {
  return policy.status === "read" ? { ...policy, value: { ...policy.value, etag: "BwZ999" } } : policy;
}
