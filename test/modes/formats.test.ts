import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { expect, test } from "vitest";
import { hiddenCharacter } from "../../src/report/hidden-characters.ts";
import { modesFormats } from "../../src/report/modes/formats.ts";
import type { ModesReport } from "../../src/modes/modes-report.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { schemaShapes, undescribed } from "../schema-shapes.ts";
import { modesOf } from "./modes-of.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/modes.schema.json", import.meta.url), "utf8"),
) as AnySchemaObject;
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
const options = { color: false, width: 100, quiet: false, verbose: false, version: "0.0.0" };

/** What a snapshot and a matrix can say at worst. */
const hostile = 'It’s \u001b[31m"red"\u202e $(reboot) `id` ##[error] ::error:: \u2028 <b> 🏴';
const text = matrix(`
services:
  checkout: { mode: observe, account: { email: shared@acme-prod.iam.gserviceaccount.com } }
  billing:
    mode: add
    regions: [europe-west1, us-central1]
    x-terraform-elsewhere: [${JSON.stringify(hostile.replace("\u001b", ""))}]
    x-terraform-elsewhere-account: [${JSON.stringify(hostile.replace("\u001b", ""))}]
  ledger: { mode: add }
  reports: { planned: [prod] }
trust: { checkout -> billing: Charges cards }
`);
const unread = { ...live("ledger"), policy: { status: "denied", reason: hostile } } as const;
const snapshot = world({ services: [live("checkout"), live("billing", [invoker(hostile, sa("web"))]), unread] });

function reports(): readonly ModesReport[] {
  return [modesOf(text), modesOf(text, snapshot)];
}

test("JSON follows the schema, every key of which says what it is and is always there", () => {
  expect(undescribed(schema)).toEqual([]);
  const optional = Object.entries(schemaShapes(schema)).filter(([, shape]) =>
    Object.values(shape).includes("optional"),
  );
  expect(optional).toEqual([]);
  for (const report of reports()) {
    expect(validate(JSON.parse(modesFormats.json(report, options))), JSON.stringify(validate.errors)).toBe(true);
  }
});

test("a row that was not read is null in JSON, and never empty", () => {
  const json = JSON.parse(modesFormats.json(modesOf(text, snapshot), options)) as {
    environments: { services: { service: string; next: { rows: { removes: unknown; live: string }[] } }[] }[];
  };
  const ledger = json.environments[0]?.services.find(({ service }) => service === "ledger");
  expect(ledger?.next.rows).toMatchObject([{ live: "unread", adds: null, removes: null, conditional: null }]);
});

test("nothing that a terminal or log obeys comes out, in any format, loud or quiet", () => {
  for (const report of reports())
    for (const format of Object.values(modesFormats))
      for (const more of [{}, { verbose: true }, { quiet: true }]) {
        const lines = format(report, { ...options, ...more }).split("\n");
        expect(lines.filter((line) => (line.match(hiddenCharacter) ?? []).length > 0)).toEqual([]);
      }
});

test("300 services fit on a screen, and -v names them all", () => {
  const names = Array.from({ length: 300 }, (_, i) => `service-${String(i).padStart(3, "0")}`);
  const modeOf = (i: number): string => (i < 12 ? "enforce" : i < 15 ? "add" : "observe");
  const many = matrix(`services:\n${names.map((name, i) => `  ${name}: { mode: ${modeOf(i)} }\n`).join("")}`);
  const services = names.map((name, i) => live(name, i % 3 === 0 ? [invoker("user:dana@acme.example")] : []));
  for (const report of [
    modesOf(many),
    modesOf(many, world({ services: services.slice(0, 60) })),
    modesOf(many, world({ services })),
  ]) {
    const short = modesFormats.text(report, options);
    expect(short).toContain("prod: 12 enforce, 3 add, 285 observe");
    const long = modesFormats.text(report, { ...options, verbose: true });
    expect(names.filter((name) => !long.includes(name))).toEqual([]);
    for (const line of short.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  }
  expect(modesFormats.text(modesOf(many), options).split("\n").length).toBeLessThan(25);
  expect(modesFormats.text(modesOf(many), { ...options, quiet: true })).toBe("prod: 12 enforce, 3 add, 285 observe\n");
});
