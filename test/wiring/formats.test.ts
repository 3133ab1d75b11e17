import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type AnySchemaObject } from "ajv";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { hiddenCharacter } from "../../src/report/hidden-characters.ts";
import { wiringFormats } from "../../src/report/wiring/formats.ts";
import { formatYaml } from "../../src/report/yaml/format-yaml.ts";
import { wireCaller, wireMoves } from "../../src/wiring/wire-caller.ts";
import type { WiringReport } from "../../src/wiring/wiring-report.ts";
import { editSnapshot, exampleSnapshotText } from "../cli/edit-snapshot.ts";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { undescribed } from "../schema-shapes.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";
import { ask } from "./wired.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/wiring.schema.json", import.meta.url), "utf8"),
) as AnySchemaObject;
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
const options = { color: false, quiet: false, version: "0.0.0" };

/** What a snapshot can say at worst; a matrix the same, but for the escape character. */
const hostile = 'It’s \u001b[31m"red"\u202e $(reboot) `id` ##[error] ::error:: \u2028 <b> 🏴';
/** The same without blanks, which names have none of. */
const hostileName = hostile.replace("\u001b", "").replaceAll(/\s/g, "");
const text = matrix(`
services:
  checkout: { previousAccounts: [{ email: ${email("shared")}, until: 2027-01-31 }] }
  billing-api: { regions: [europe-west1, us-central1] }
  ledger: {}
callers:
  oncall: { group: oncall@acme.example }
  release: { github: { ownerId: "1", repository: acme/shop, branch: ${JSON.stringify(hostileName)} } }
  nightly: { scheduler: { job: ${JSON.stringify(hostileName)} } }
  pod: { gke: { namespace: risk, serviceAccount: scorer } }
trust:
  release -> ledger: Tests it
  nightly -> ledger: Starts it
  pod -> ledger: Scores
  checkout -> billing-api: ${JSON.stringify(hostile.replace("\u001b", ""))}
  checkout -> ledger: { reason: Books, expires: 2026-01-31 }
  oncall -> ledger: { reason: Reads, reviewed: 2026-10-01 }
`);
const snapshot = world({
  services: [
    live("billing-api", [invoker(sa("checkout"))], { urls: ["https://x.run.app/$(reboot)"], audiences: [hostile] }),
    live("checkout", [], { account: email("shared") }),
    live(hostile, [], { account: email("shared") }),
  ],
});

function reports(): readonly WiringReport[] {
  return [ask(text), ask(text, snapshot)].flatMap((question) => {
    const { services, callers } = question.world;
    return [
      wireMoves(question),
      ...[...services.values(), ...callers.values()].map((each) => wireCaller(each, question)),
    ];
  });
}

test("JSON follows the schema, every key of which says what it is; YAML holds the same", () => {
  expect(undescribed(schema)).toEqual([]);
  for (const report of reports()) {
    const json: unknown = JSON.parse(wiringFormats.json(report, options));
    expect(validate(json) ? [] : validate.errors).toEqual([]);
    expect(parse(wiringFormats.yaml(report, options))).toEqual(json);
  }
});

test("whatever a matrix or a snapshot says, no format lets a hidden character through", () => {
  for (const report of reports()) {
    for (const [name, format] of Object.entries(wiringFormats)) {
      const written = format(report, options);
      expect([name, written.replaceAll("\n", "").match(hiddenCharacter)]).toEqual([name, null]);
      expect(written).toMatch(/^(?:.*\n)*$/);
    }
  }
});

test("every value survives YAML", () => {
  const values = fc.array(
    fc.dictionary(fc.constantFrom("a", "b", "cD", "on", "y", "null"), fc.jsonValue({ maxDepth: 0 })),
    {
      maxLength: 3,
    },
  );
  fc.assert(
    fc.property(
      fc.record({
        list: values,
        words: fc.array(fc.constantFrom("no", "~", "1e3", "2027-01-31", "-", "a: b", "# x", "")),
      }),
      (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as object;
        expect(parse(formatYaml(plain))).toEqual(plain);
        // `on` is true to older parsers.
        expect(parse(formatYaml(plain), { version: "1.1" })).toEqual(plain);
      },
    ),
    { numRuns: 60 },
  );
});

test("a shell reads from --format env exactly what JSON says", () => {
  const report = wireCaller(ask(text).world.services.get("checkout") ?? expect.fail(), ask(text, snapshot));
  const script = `set -eu; before=$(set); ${wiringFormats.env(report, options)}\nprintf '%s\\n' "$BILLING_API_URL" "$BILLING_API_AUDIENCE_US_CENTRAL1"`;
  const printed = execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\n");
  const endpoints = report.callers[0]?.calls?.[0]?.endpoints;
  expect(printed.slice(0, 2)).toEqual([endpoints?.[0]?.url, endpoints?.[1]?.audience]);
});

test("no two variables have one name, whatever services are called and wherever they run", () => {
  const key = fc
    .array(fc.constantFrom("a", "url", "audience", "europe", "west1", "us-east1"), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join("-"));
  const regions = fc.uniqueArray(fc.constantFrom("europe-west1", "us-east1", "us-west1"), { minLength: 1 });
  fc.assert(
    fc.property(fc.dictionary(key, regions, { minKeys: 1 }), (services) => {
      const written = Object.entries(services).map(
        ([name, where]) => `  ${name}: { regions: [${where.join(", ")}] }\n`,
      );
      const trust = Object.keys(services).map((name) => `  z -> ${name}: Calls\n`);
      const question = ask(matrix(`services:\n  z: {}\n${written.join("")}trust:\n${trust.join("")}`));
      const report = wireCaller(question.world.services.get("z") ?? expect.fail(), question);
      const lines = wiringFormats.env(report, options).trimEnd().split("\n").slice(1);
      for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9_]*_(URL|AUDIENCE)[A-Z0-9_]*=https:[\w./-]+$/);
      const names = lines.map((line) => line.split("=")[0]);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 40 },
  );
});

test("the command: what it takes for a file, what it refuses, and when it ends with 3", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "matrix.yaml"), text);
  writeFileSync(join(cwd, "other.yaml"), text.replaceAll("ledger", "books"));
  writeFileSync(join(cwd, "snapshot.json"), exampleSnapshotText);
  const told = async (...argv: readonly string[]): Promise<readonly [number, string]> => {
    const ran = await runMatrix(["wiring", ...argv], { cwd, stdin: Buffer.from(text) });
    return [ran.code, ran.stderr === "" ? (ran.stdout.split("\n", 1)[0] ?? "") : ran.stderr];
  };
  expect(await told()).toEqual([0, "prod: 1 moving (by the matrix alone)"]);
  expect(await told("other.yaml")).toEqual([0, "prod: 1 moving (by the matrix alone)"]);
  expect(await told("-")).toEqual([0, "prod: 1 moving (by the matrix alone)"]);
  expect(await told("books", "other.yaml")).toEqual([
    0,
    "books in prod (service), as of 2026-11-22T00:00:00Z, by the matrix alone",
  ]);
  expect(await told("books")).toEqual([2, expect.stringContaining('no service or caller is called "books"')]);
  expect(await told("chekout")).toEqual([2, expect.stringContaining('did you mean "checkout"?')]);
  expect(await told("--format", "env")).toEqual([2, expect.stringContaining("--format env is about one caller")]);
  expect(await told("-", "--snapshot", "-")).toEqual([
    2,
    expect.stringContaining("standard input can be only one file"),
  ]);
  expect(await told("--snapshot", "snapshot.json")).toEqual([
    2,
    expect.stringContaining("the snapshot has no project of prod"),
  ]);
  expect(await told("checkout", "--as-of", "2027-03-01")).toEqual([
    0,
    expect.stringContaining("as of 2027-03-01T00:00:00Z"),
  ]);
});

test("what is declared is judged now, however old the snapshot is; --as-of says otherwise", async () => {
  const cwd = temporaryFolder();
  const ending = `version: 1
environments: { prod: { project: boutique-prod, regions: [europe-west1] } }
services:
  checkoutservice: {}
  emailservice: { mode: add }
trust: { checkoutservice -> emailservice: { reason: Mails, expires: 2026-11-10 } }
`;
  writeFileSync(join(cwd, "matrix.yaml"), ending);
  writeFileSync(
    join(cwd, "old.json"),
    editSnapshot('snapshot.startedAt = snapshot.finishedAt = "2026-11-05T06:00:00Z";'),
  );
  const told = async (...argv: readonly string[]): Promise<string> =>
    (await runMatrix([...argv, "--snapshot", "old.json"], { cwd })).stdout;
  expect(await told("wiring", "checkoutservice")).toContain("left out: checkoutservice -> emailservice (expired");
  expect(await told("wiring", "checkoutservice", "--as-of", "2026-11-05")).toContain("-> emailservice");
  const adds = /emailservice .*adds 1/;
  expect(await told("modes")).not.toMatch(adds);
  expect(await told("modes", "--as-of", "2026-11-05")).toMatch(adds);
});
