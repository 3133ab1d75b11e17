import { expect, test } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { account, bind, denied, group, read, roleOf } from "../access/tiny-world.ts";
import { matrix, oneEdge } from "./cases/drift-case.ts";
import { driftOf } from "./drift-of.ts";
import { only, told } from "./findings-of.ts";
import { sa, NUMBER, email, invoker, keyOf, live, world } from "./live-world.ts";

// What else a rule says where the plain case of it does not tell (cases/). Each was wrong once, or easily would be.

const row = invoker(sa("checkout"));
const dana = "user:dana@acme.example";

test("a declared caller without a grant is no failure while a set lets it in", () => {
  const openings = [
    [invoker("allAuthenticatedUsers"), {}, "allAuthenticatedUsers has roles/run.invoker on it"],
    [undefined, { invokerCheckDisabled: true }, "its invoker check is off"],
  ] as const;
  for (const [binding, fields, why] of openings) {
    const services = [live("checkout"), live("billing", binding === undefined ? [] : [binding], fields)];
    const { findings } = driftOf(oneEdge, world({ services }));
    const missing = findings.find(({ rule }) => rule === "declared-caller-missing");
    expect(missing?.severity).toBe("warning");
    expect(missing?.message).toMatch(new RegExp(`and may call only because ${why}$`));
  }
});

test("a condition is found while it does not hold, and whatever the role", () => {
  const later = 'request.time > timestamp("2027-02-01T00:00:00Z")';
  for (const role of ["roles/run.invoker", "roles/viewer"]) {
    const services = [live("checkout"), live("billing", [row, bind(role, dana, later)])];
    const { findings } = driftOf(oneEdge, world({ services }));
    // What will open the service is told as such as well.
    const wakes = role === "roles/viewer" ? [] : ["dormant-grant"];
    expect(findings.map((finding) => finding.rule)).toEqual([...wakes, "conditional-grant"]);
  }
});

test("a second region of a service of the matrix is called that", () => {
  const services = [live("checkout"), live("billing", [row]), live("billing", [row], { region: "us-central1" })];
  const finding = only(oneEdge, world({ services }));
  expect(finding.message).toBe(
    "the service billing in acme-prod (us-central1) is not in the matrix, which has billing in europe-west1 only; 1 principal may call it",
  );
  expect(finding.fix).toBe("add us-central1 to the regions of billing, or delete it there");
});

test("Google's own agents are not counted among those who may call an unknown service", () => {
  const bindings = [
    bind("roles/run.serviceAgent", `serviceAccount:service-${NUMBER}@serverless-robot-prod.iam.gserviceaccount.com`),
  ];
  const services = [live("checkout"), live("billing", [row]), live("debug-echo")];
  expect(only(oneEdge, world({ services, bindings })).message).toMatch(/; 0 principals may call it$/);
});

test("a default account that the matrix itself names is not offered as the cure", () => {
  const declared = oneEdge.replace(
    "team-payments }",
    `team-payments, account: { email: ${NUMBER}-compute@developer.gserviceaccount.com } }`,
  );
  const finding = only(declared, world({ services: [live("checkout"), live("billing", [row], { account: null })] }));
  expect(finding.severity).toBe("warning");
  expect(finding.fix).toBe("give it an account of its own in the matrix, and deploy it with that");
});

test("keys that are over or disabled are no finding, and hostile ids stay one word", () => {
  const keyed = (...keys: ReturnType<typeof keyOf>[]): Snapshot =>
    world({
      services: [live("checkout"), live("billing", [row])],
      accounts: [{ ...account(email("checkout-sa")), keys: read(keys) }],
    });
  const over = keyOf("old", { validBefore: "2026-11-22T12:00:00Z" });
  expect(told(oneEdge, keyed(over, keyOf("off", { disabled: true })))).toEqual([]);
  expect(only(oneEdge, keyed(keyOf("a; rm -rf ~"))).fix).toContain("keys delete 'a; rm -rf ~' --iam-account=");
});

test("what was not read is cured by what its failure asks for", () => {
  const services = [live("checkout"), live("billing", [row, bind("projects/acme-prod/roles/own", dana)])];
  const finding = driftOf(oneEdge, world({ services })).findings.find(({ rule }) => rule === "not-readable");
  expect(finding?.message).toMatch(/^could not read role of projects\/acme-prod\/roles\/own: /);
  expect(finding?.fix).toMatch(/^take the snapshot again with this version/);
  const failed = world({
    services,
    project: { policy: { status: "failed", reason: "503" } },
    roles: [roleOf("projects/acme-prod/roles/own", [])],
  });
  expect(only(oneEdge, failed).fix).toMatch(/^take the snapshot again; /);
});

test("a role that is not known makes possible callers, not certain ones", () => {
  const unknown = roleOf("projects/acme-prod/roles/own", denied);
  const services = [live("checkout"), live("billing", [row, bind("projects/acme-prod/roles/own", dana, undefined)])];
  const { findings } = driftOf(oneEdge, world({ services, roles: [unknown] }));
  const caller = findings.find(({ rule }) => rule === "undeclared-caller-other-role");
  expect([caller?.severity, caller?.confidence]).toEqual(["warning", "possible"]);
  expect(caller?.message).toMatch(/may possibly call billing/);
});

test("members of a group that is declared, and services that a set holds, need no words of their own", () => {
  const declared = matrix(`
services:
  billing: { owner: team-payments }
callers:
  oncall: { owner: team-sre, group: oncall@acme.example }
trust:
  oncall -> billing: { reason: Break-glass reads, reviewed: 2026-10-01 }
`);
  const services = [live("billing", [invoker("group:oncall@acme.example")])];
  expect(told(declared, world({ services, groups: [group("oncall@acme.example", [dana])] }))).toEqual([]);
});

test("odd input is answered, not thrown at", () => {
  const odd = [
    bind("roles/run.invoker", []),
    bind("roles/run.invoker", ["", ":", "user:", "serviceAccount:@", "group:a b@c", "nobody:x", "allusers"]),
    bind("", dana),
    bind("roles/run.invoker", dana, ""),
  ];
  const services = [live("checkout"), live("billing", [row, ...odd]), live("$(id)", odd), live("a b", [row])];
  const snapshot = world({ services, bindings: odd });
  const { findings } = driftOf(oneEdge, snapshot, { indirect: true });
  const unknown = findings.filter(({ rule }) => rule === "service-not-in-matrix").map(({ message }) => message);
  expect(unknown.map((message) => message.split(" in ")[0])).toEqual(["the service $(id)", "the service a b"]);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  const empty = driftOf(oneEdge, { ...snapshot, containers: [], projects: [], accounts: [], roles: [], groups: [] });
  expect(empty.complete).toBe(false);
});
