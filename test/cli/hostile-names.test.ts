import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answer, findingsOf, folderOf, matrixWith } from "./answer.ts";

/** What every object of JavaScript has, or what some code takes for it. */
const inherited = ["constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "__defineGetter__"];

/** A matrix whose every free name is one word, on both sides of everything that refers to it. */
function named(word: string, environment = word): string {
  return `version: 1
owners: { ${word}: { contact: "#${word}" } }
sensitive: { labels: { ${word}: ${word} } }
environments:
  ${environment}:
    regions: [europe-west1]
    projects: { ${word}: { id: acme-prod } }
defaults: { project: ${word}, labels: { tier: ${word} } }
services:
  ${word}: { owner: ${word}, labels: { ${word}: ${word} }, overrides: { ${environment}: { description: ${word} } } }
  web: { owner: ${word}, ingress: all, public: { reason: ${word} }, planned: [${environment}] }
callers:
  nightly: { owner: ${word}, serviceAccount: nightly@acme-prod.iam.gserviceaccount.com, environments: [${environment}] }
sets: { some: [${word}] }
trust:
  web -> ${word}: { reason: ${word}, environments: [${environment}] }
  nightly -> some: ${word}
rules:
  ${word}: { reason: ${word}, never: { from: { labels: { ${word}: x } }, to: ${word} }, approvers: [${word}] }
exceptions:
  - { id: ${word}, rule: ${word}, match: { service: ${word} }, owner: ${word}, approvedBy: ${word}, reason: ${word}, expires: 2027-01-01 }
x-${word}: { ${word}: ${word} }
`;
}

describe("a name that every object inherits is a name like others", () => {
  test("for validate", async () => {
    const folder = folderOf({ "matrix.yaml": named("constructor"), "other.yaml": named("konstruktor") });
    const findings = await findingsOf(folder);
    const others = await findingsOf(folder, "other.yaml");
    expect(findings).toEqual(others.map((each) => each.replaceAll("konstruktor", "constructor")));
    expect(findings.filter((each) => !/matches-nothing|no-effect/.test(each))).toEqual([]);
  });

  test("for synth and resolve", async () => {
    const folder = folderOf({ "a.yaml": named("constructor", "prod"), "b.yaml": named("konstruktor", "prod") });
    for (const name of ["a", "b"])
      expect((await answer(["synth", `${name}.yaml`, "--out", name], folder)).code).toBe(0);
    const [a = "", b = ""] = ["a", "b"].map((name) =>
      readFileSync(`${folder}/${name}/stacks/prod/cdk.tf.json`, "utf8"),
    );
    const withoutHash = (text: string): string => text.replace(/"[0-9a-f]{64}"/, "");
    expect(withoutHash(a)).toBe(withoutHash(b).replaceAll("konstruktor", "constructor"));
    const lock = await answer(["resolve", "a.yaml"], folder);
    expect(JSON.parse(lock.stdout)).toMatchObject({ services: { constructor: { owner: "constructor" } } });
  });
});

describe.each(inherited)("%s", (word) => {
  test("as a key that the language does not have is an unknown key", async () => {
    const places = [`${word}: 1`, `terraform: { ${word}: 1 }`, `defaults: { ${word}: 1 }`, `lint: { ${word}: off }`];
    for (const text of places) {
      const findings = await findingsOf({ "matrix.yaml": matrixWith(`${text}\n`) });
      expect(findings).toHaveLength(1);
      expect(findings[0]).toContain(`"${word}"`);
    }
  });

  test("as a label, an owner and in text is data", async () => {
    const text = matrixWith(`owners: { ${/^[a-z]/.test(word) ? word : "a"}: {} }
callers: { job: { serviceAccount: job@acme-prod.iam.gserviceaccount.com, labels: { ${word}: ${word} } } }
sets: { jobs: [job] }
rules: { r: { reason: ${word}, never: { from: { labels: { ${word}: other } }, to: { labels: { ${word}: x } } } } }
`);
    const findings = await findingsOf({ "matrix.yaml": text });
    expect(findings.filter((each) => / (schema|yaml|never): /.test(each))).toEqual([]);
  });

  test("as a value where few are allowed is none of them", async () => {
    const text = matrixWith(`defaults: { mode: ${word}, ingress: ${word} }\nlint: { self-call: ${word} }\n`);
    expect(await findingsOf({ "matrix.yaml": text })).toHaveLength(3);
  });
});

test.each([
  ["at the root", "__proto__: 1\n"],
  ["in a map that is free", "x-a: { __proto__: { polluted: yes } }\n"],
  ["in labels", 'callers: { job: { user: a@b.example, labels: { "__proto__": x } } }\n'],
  ["merged", "x-a: &a { __proto__: 1 }\nx-b: { <<: *a }\n"],
])("__proto__ %s is refused", async (_, text) => {
  const findings = await findingsOf({ "matrix.yaml": matrixWith(text) });
  expect(findings).toEqual([expect.stringMatching(/^\d+:\d+ yaml: __proto__ cannot be a key$/)]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each<readonly [string, string, string | undefined]>([
  ["a number as name", "sets: { 1: [web] }", '"1" is not a name'],
  ["a hexadecimal number", "sets: { 0x1F: [web] }", '"0x1F" is not a name'],
  ["true", "sets: { true: [web] }", undefined],
  ["null", "sets: { null: [web] }", undefined],
  ["a tilde", "sets: { ~: [web] }", '"~" is not a name'],
  ["nothing", "sets: { ? : [web] }", '"" is not a name'],
  ["a date", "sets: { 2026-01-01: [web] }", '"2026-01-01" is not a name'],
  ["a reserved word", "sets: { internet: [web] }", '"internet" is reserved and cannot be a name'],
  ["a blank", 'sets: { " ": [web] }', '" " is not a name'],
  ["50 letters", `sets: { ${"a".repeat(50)}: [web] }`, "at most 49 characters"],
  ["a letter that looks like another", "sets: { w\u0435b: [web] }", '"w\u0435b" is not a name'],
  ["a right-to-left mark", 'sets: { "we\u202eb": [web] }', "is not a name"],
])("%s", async (_, text, told) => {
  const findings = await findingsOf({ "matrix.yaml": matrixWith(`${text}\n`) });
  const schema = findings.filter((each) => each.includes(" schema: "));
  if (told === undefined) expect(schema).toEqual([]);
  else expect(schema).toEqual([expect.stringContaining(told)]);
});

test.each([
  "2026-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31",
  "2026-01-01T24:01Z",
  "2026-01-01T10:60Z",
  "2026-01-01T10:00+99:00",
])("%s is no date", async (date) => {
  for (const text of [
    `callers: { job: { user: a@b.example } }\nx-a: 1\ninherited: { d: { principal: "user:a@b.example", role: roles/run.invoker, at: [projects/acme-prod], owner: x, reason: x, expires: ${date} } }`,
    `exceptions: [{ id: A, rule: self-call, match: { service: web }, owner: x, approvedBy: x, reason: x, expires: ${date} }]`,
  ]) {
    const findings = await findingsOf({ "matrix.yaml": matrixWith(`${text}\n`) });
    expect(findings.filter((each) => each.includes("impossible-date"))).toHaveLength(1);
  }
});
