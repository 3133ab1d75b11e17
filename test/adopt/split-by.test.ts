import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { edited } from "./edited.ts";
import { adoptIn, runIn } from "./first-day.ts";
import { fleet } from "./fleet.ts";

// One file for each owner. What the owner is called comes from a label, which is somebody else's text.

interface Part {
  readonly services?: Readonly<Record<string, { readonly owner?: string } | null>>;
  readonly trust?: Readonly<Record<string, unknown>>;
}

function partsIn(folder: string): ReadonlyMap<string, Part> {
  const files = existsSync(join(folder, "teams")) ? readdirSync(join(folder, "teams")) : [];
  // Whatever it is, it is YAML that the program has just read.
  return new Map(files.map((name) => [name, parse(readFileSync(join(folder, "teams", name), "utf8")) as Part]));
}

function write(folder: string, snapshot: Snapshot): void {
  writeFileSync(join(folder, "prod.snapshot.json"), canonicalJson(snapshot));
}

test("each owner has its services and the edges to them in a file", async () => {
  const folder = temporaryFolder();
  const snapshot = fleet({ seed: 41, services: 25 });
  write(folder, snapshot);
  const { code, answer } = await adoptIn(folder, "prod", "--split-by", "team");
  expect([code, answer.errors]).toEqual([0, 0]);
  const parts = partsIn(folder);
  const named = new Set(
    snapshot.projects.flatMap(({ services, jobs }) =>
      [services, jobs]
        .flatMap((reading) => ("value" in reading ? reading.value : []))
        .map(({ labels }) => labels?.["team"]),
    ),
  );
  expect([...parts.keys()].sort()).toEqual([...named].map((label) => `${label ?? "unassigned"}.yaml`).sort());
  for (const [name, { services = {}, trust = {} }] of parts) {
    for (const service of Object.values(services)) expect(`${service?.owner}.yaml`).toBe(name);
    for (const edge of Object.keys(trust)) expect(Object.keys(services)).toContain(edge.split(" -> ")[1]);
  }
  expect(Object.keys(parse(readFileSync(join(folder, "matrix.yaml"), "utf8")) as object)).not.toContain("services");
  const validated = await runIn(folder, "validate", "matrix.yaml", "--quiet");
  expect([validated.code, validated.stderr]).toEqual([0, expect.not.stringContaining("error")]);
  const drift = await runIn(folder, "drift", "matrix.yaml", "--env", "prod", "--snapshot", "prod.snapshot.json");
  expect(drift.code).toBe(0);
  // Again, with and without the label: everything stays where it is.
  expect((await adoptIn(folder, "prod", "--split-by", "team", "--check")).code).toBe(0);
  expect((await adoptIn(folder, "prod", "--check")).code).toBe(0);
});

/** What no label of Google's can be, and what one can, and no file or owner should be called. */
const labels: readonly string[] = [
  "../../x",
  "a/b",
  "/etc/passwd",
  "..",
  ".",
  "",
  "-",
  "équipe-ø",
  "a\nb: c",
  "\u202Etxt",
  "a b",
  "x".repeat(63),
  "y".repeat(120),
  "teams",
  "CON",
  "Ab-c",
  "ab.c",
  "null",
  "__proto__",
  "constructor",
  "123",
];

test("whatever the labels are, they lead nowhere else", async () => {
  const above = temporaryFolder();
  const folder = join(above, "a", "b");
  mkdirSync(folder, { recursive: true });
  const snapshot = edited(fleet({ seed: 42, services: 30, projects: 1, regions: 1 }), ({ projects }) => {
    for (const { services } of projects)
      for (const [at, service] of services.value.entries()) service.labels = { team: labels[at % labels.length] ?? "" };
  });
  write(folder, snapshot);
  const { code, answer } = await adoptIn(folder, "prod", "--split-by", "team");
  expect([code, answer.errors]).toEqual([0, 0]);
  for (const { file } of answer.files) expect(file).toMatch(/^(matrix\.yaml|teams\/[a-z][a-z0-9-]{0,48}\.yaml)$/);
  expect(readdirSync(above)).toEqual(["a"]);
  expect(readdirSync(dirname(folder))).toEqual(["b"]);
  expect(readdirSync(folder).sort()).toEqual(["matrix.yaml", "prod.snapshot.json", "teams"]);
  expect([...partsIn(folder).keys()].sort()).toMatchInlineSnapshot(`
    [
      "ab-c.yaml",
      "con.yaml",
      "constructor.yaml",
      "n-123.yaml",
      "null.yaml",
      "payments.yaml",
      "teams.yaml",
      "unassigned.yaml",
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-75220b.yaml",
    ]
  `);
  expect((await adoptIn(folder, "prod", "--split-by", "team", "--check")).code).toBe(0);
});

test("two labels that make one file name share the file", async () => {
  const folder = temporaryFolder();
  const snapshot = edited(fleet({ seed: 42, services: 10, projects: 1, regions: 1 }), ({ projects }) => {
    for (const { services } of projects)
      for (const [at, service] of services.value.entries())
        service.labels = { team: at % 2 === 0 ? "web.shop" : "web-shop" };
  });
  write(folder, snapshot);
  expect((await adoptIn(folder, "prod", "--split-by", "team")).code).toBe(0);
  expect([...partsIn(folder).keys()]).toContain("web-shop.yaml");
  const owners = Object.values(partsIn(folder).get("web-shop.yaml")?.services ?? {}).map((service) => service?.owner);
  expect(new Set(owners)).toEqual(new Set(["web.shop", "web-shop"]));
});
