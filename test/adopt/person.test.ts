import { describe, expect, test } from "vitest";
import { adopt, errorsIn, type Files, leftOver, ROOT } from "./adopt-of.ts";
import { difference } from "./difference.ts";
import { edited } from "./edited.ts";
import { fleet } from "./fleet.ts";

// What a person wrote stays, to the byte; what adopt wrote, it may change.

const prod = fleet({ seed: 7, services: 12, projects: 2, regions: 2 });
const adopted = adopt(prod).files[ROOT] ?? "";
const grown = edited(prod, ({ projects }) => {
  for (const { services } of projects)
    for (const { name, policy } of services.value)
      if (name === "stock-api") policy.value.bindings[0]?.members.push("user:new@acme.test");
});

/** The adopted text with a piece of it replaced, which must be there once. */
function written(...changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    const pieces = text.split(from);
    if (pieces.length !== 2) throw new Error(`${from} is there ${pieces.length - 1} times`);
    return text.replace(from, to);
  }, adopted);
}

function again(text: string, snapshot = prod): ReturnType<typeof adopt> {
  const files: Files = { [ROOT]: text };
  return adopt(snapshot, { into: files });
}

describe("stays as it is", () => {
  const place = `projects/acme-core-prod/locations/us-central1/services/stock-api`;
  const edge = (caller: string): string =>
    `${caller} -> stock-api: "adopted: seen 2026-11-22, granted by roles/run.invoker on ${place}"`;

  test.each([
    ["a reason that a person wrote", [[edge("auth-api"), "auth-api -> stock-api: Asks what is there"]]],
    [
      "an edge with its own keys",
      [[edge("auth-api"), "auth-api -> stock-api: { reason: 'Asks', expires: 2027-05-01, x-ticket: OPS-1 } # OPS-1"]],
    ],
    ["comments and empty lines", [["services:\n", "services: # all of them\n\n\n  # The first:\n"]]],
    ["an owner", [["stock-api: { owner: payments,", "stock-api: { owner: team-stock, description: 'Stock',"]]],
    ["a mode", [["stock-api: { owner: payments,", "stock-api: { owner: payments, mode: add,"]]],
    [
      "a mode above the adopted one",
      [["owner: growth\n    regions: [europe-west1]", "owner: growth\n    mode: observe\n    regions: [europe-west1]"]],
    ],
    [
      "an override",
      [["stock-api: { owner: payments,", "stock-api: { owner: payments, overrides: { prod: { ingress: all } },"]],
    ],
    ["defaults", [["services:\n", "defaults: { ingress: internal, mode: enforce }\nservices:\n"]]],
    [
      "owners",
      [
        [
          "services:\n",
          "owners: { platform: {}, checkout: {}, catalog: {}, growth: {}, payments: {}, unassigned: {} }\nservices:\n",
        ],
      ],
    ],
    ["Windows lines", [], (text: string) => text.replaceAll("\n", "\r\n")],
    [
      "another order of services",
      [],
      (text: string) => text.replace(/(  stock-api: .*\n)([^]*?)(?=\n\ncallers)/, "$2\n$1"),
    ],
    ["a retired service", [["services:\n", "services:\n  old-api: { owner: growth, retired: 2027-06-01 }\n"]]],
    [
      "a planned service",
      [["services:\n", "services:\n  next-api: { owner: growth, planned: [prod], account: { manage: create } }\n"]],
    ],
    ["a caller that nobody uses", [["callers:\n", "callers:\n  nobody: { owner: growth, user: nobody@acme.test }\n"]]],
    [
      "an exception of a person",
      [
        [
          "exceptions:\n",
          "exceptions:\n  - { id: SEC-1, rule: public-undeclared, match: { environment: prod }, owner: growth, reason: Known, expires: 2027-01-01 }\n",
        ],
      ],
    ],
  ] as const)("%s", (_, changes, turn: (text: string) => string = (text) => text) => {
    const text = turn(written(...changes));
    const first = again(text);
    expect(difference(text, first.files[ROOT] ?? "")).toEqual({ added: [], removed: [] });
    expect(first.files[ROOT]).toBe(text);
    const newer = again(text, grown);
    const lines = difference(text, newer.files[ROOT] ?? "");
    expect(lines.removed).toEqual([]);
    expect(lines.added.filter((line) => !/new/.test(line))).toHaveLength(5);
  });
});

describe("a move to an account of its own", () => {
  const moving = written([
    "stock-api: { owner: payments, account: { id: stock-api, manage: adopt },",
    "stock-api: { owner: payments, account: { id: stock-new, manage: create }, previousAccounts: [{ email: stock-api@acme-core-prod.iam.gserviceaccount.com, until: 2027-01-31 }],",
  ]);

  test("goes on", () => {
    const result = again(moving);
    expect(result.files[ROOT]).toBe(moving);
    expect(errorsIn(result.files, prod)).toEqual([]);
    // Nobody accepts by machine what is not done yet.
    expect(leftOver(result).map((line) => line.split(":")[0])).toEqual([
      "declared-caller-missing",
      "declared-caller-missing",
      "wrong-runtime-account",
    ]);
  });
});

describe("an exception that adopt wrote", () => {
  const past = adopted.replace(/(ADOPT-\w+\n    rule: undeclared-caller\n[^]*?expires: )2027-02-20/, "$12026-06-01");

  test("is not renewed when its time is over: drift finds again what it was for", () => {
    expect(past).not.toBe(adopted);
    const once = again(past);
    const twice = again(once.files[ROOT] ?? "");
    expect(leftOver(once)).toEqual([expect.stringMatching(/^undeclared-caller: group:contractors/)]);
    expect(once.files[ROOT]).toBe(past);
    expect(twice.files[ROOT]).toBe(past);
  });

  test("is renewed by nobody, and stays where a person gave it a reason", () => {
    const own = adopted.replace(/(ADOPT-\w+\n    rule: undeclared-caller\n[^]*?reason: )".*"/, "$1Until the audit");
    expect(again(own).files[ROOT]).toBe(own);
  });
});

describe("an edge that a person wrote", () => {
  test("stays where nobody holds it, and drift finds it", () => {
    const text = written(["trust:\n", "trust:\n  users-api -> stock-api: Will ask soon\n"]);
    const result = again(text);
    expect(result.files[ROOT]).toBe(text);
    expect(result.adoption.kept.map(({ caller, callee }) => `${caller} -> ${callee}`)).toEqual([
      "users-api -> stock-api",
    ]);
    expect(leftOver(result)).toEqual([
      expect.stringMatching(/^declared-caller-missing: users-api .* is declared to call stock-api/),
    ]);
  });
});

describe("a set that a person changed", () => {
  const [, name = "", members = ""] = /\n {2}(callers-of-[\w-]+): \[(.*)\]/.exec(adopted) ?? [];

  test.each([
    ["a member more", `${members}, auth-api`],
    ["a member less", members.split(", ").slice(1).join(", ")],
  ])("keeps %s, and the rows are what they were", (_, list) => {
    expect(name).not.toBe("");
    const text = written([`${name}: [${members}]`, `${name}: [${list}]`]);
    const result = again(text);
    expect(result.files[ROOT]).toContain(`${name}: [${list}]`);
    expect([...errorsIn(result.files, prod), ...leftOver(result)]).toEqual([]);
    expect(again(result.files[ROOT] ?? "").files).toEqual(result.files);
  });
});
