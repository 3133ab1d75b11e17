import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/words/canonical-json.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { adoptIn, runIn } from "./first-day.ts";
import { fleet } from "./fleet.ts";
import { stateOf } from "./state-of.ts";

// What other Terraform manages is only looked at, and its owners are told how to let go.

const prod = fleet({ seed: 7, services: 12, projects: 1, regions: 1 });
const place = { project: "acme-core-prod", location: "europe-west1", name: "stock-api" };
const row = { ...place, role: "roles/run.invoker" };

function folderWith(states: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "prod.snapshot.json"), canonicalJson(prod));
  for (const [name, text] of Object.entries(states)) writeFileSync(join(folder, name), text);
  return folder;
}

const matrixIn = (folder: string): string => readFileSync(join(folder, "matrix.yaml"), "utf8");
const serviceIn = (folder: string, key: string): string =>
  new RegExp(`\n  ${key}:[^]*?(?=\n  #|\n  \\w|\n\n)`).exec(matrixIn(folder))?.[0] ?? "";

describe("a row", () => {
  test.each([
    ["a member", "google_cloud_run_v2_service_iam_member", { ...row, member: "user:ana@acme.test" }, /flaps/],
    ["a binding", "google_cloud_run_v2_service_iam_binding", { ...row, members: ["user:ana@acme.test"] }, /./],
    ["a policy", "google_cloud_run_v2_service_iam_policy", { ...place, policy_data: '{"bindings":[]}' }, /./],
    [
      "a member of the first version",
      "google_cloud_run_service_iam_member",
      { ...row, service: "stock-api", member: "user:ana@acme.test" },
      /./,
    ],
  ])("that %s of another state is about is only observed", async (_, type, attributes, why) => {
    const folder = folderWith({ "shop.json": stateOf([type, "callers", attributes]) });
    const { code, answer } = await adoptIn(folder, "prod", "--state", "shop.json");
    expect([code, answer.errors]).toEqual([0, 0]);
    expect(answer.observed.find(({ service }) => service === "stock-api")?.why.join()).toContain(
      `${type}.callers in shop.json`,
    );
    expect(serviceIn(folder, "stock-api")).toMatch(/mode: observe/);
    expect(serviceIn(folder, "stock-api")).toContain(`x-terraform-elsewhere: [${type}.callers in shop.json]`);
    expect(answer.removedBlocks).toContain(
      `removed {\n  from = ${type}.callers\n\n  lifecycle {\n    destroy = false\n  }\n}\n`,
    );
    expect(answer.removedBlocks).toMatch(why);
    const drift = await runIn(folder, "drift", "matrix.yaml", "--env", "prod", "--snapshot", "prod.snapshot.json");
    expect(drift.code).toBe(0);
    const refused = await runIn(folder, "modes", "set", "stock-api", "enforce", "--file", "matrix.yaml");
    expect(refused.code).not.toBe(0);
  });

  test("of the same role elsewhere, or another role here, is nobody else's", async () => {
    const type = "google_cloud_run_v2_service_iam_binding";
    const state = stateOf(
      [type, "other", { ...row, name: "somebody-else", members: [] }],
      [type, "viewers", { ...row, role: "roles/run.viewer", members: ["user:ana@acme.test"] }],
    );
    const folder = folderWith({ "shop.json": state });
    const { answer } = await adoptIn(folder, "prod", "--state", "shop.json");
    expect(matrixIn(folder)).not.toContain("x-terraform-elsewhere");
    expect(answer.removedBlocks).toBe("");
  });
});

test("an account that another state manages is a reference: nobody adopts it", async () => {
  const account = {
    project: "acme-core-prod",
    account_id: "stock-api",
    email: "stock-api@acme-core-prod.iam.gserviceaccount.com",
  };
  const folder = folderWith({ "shop.json": stateOf(["google_service_account", "stock", account]) });
  const { answer } = await adoptIn(folder, "prod", "--state", "shop.json");
  expect(serviceIn(folder, "stock-api")).toMatch(/account: \{ id: stock-api, manage: reference \}/);
  expect(serviceIn(folder, "stock-api")).toContain("google_service_account.stock in shop.json");
  expect(answer.removedBlocks).toContain("from = google_service_account.stock");
  // Its row is nobody else's.
  expect(serviceIn(folder, "stock-api")).not.toContain("observe");
});

test("several states are told apart, and a second run with them changes nothing", async () => {
  const type = "google_cloud_run_v2_service_iam_member";
  const states = {
    "a.json": stateOf([type, "callers", { ...row, member: "user:ana@acme.test" }]),
    "b.json": stateOf([type, "callers", { ...row, member: "user:bo@acme.test" }]),
  };
  const folder = folderWith(states);
  const flags = ["--state", "a.json", "--state", "b.json"];
  const { answer } = await adoptIn(folder, "prod", ...flags);
  expect(answer.removedBlocks.match(/^removed/gm)).toHaveLength(2);
  expect(serviceIn(folder, "stock-api")).toContain(`${type}.callers in b.json`);
  expect((await adoptIn(folder, "prod", ...flags, "--check")).code).toBe(0);
  // Who does not give them again has not taken them back.
  expect((await adoptIn(folder, "prod", "--check")).code).toBe(0);
});

test("a state that is given later stops what adopt enforced; where a person wrote the mode, it stays and is named", async () => {
  const type = "google_cloud_run_v2_service_iam_member";
  const folder = folderWith({ "shop.json": stateOf([type, "callers", { ...row, member: "user:ana@acme.test" }]) });
  await adoptIn(folder, "prod");
  expect(serviceIn(folder, "stock-api")).not.toContain("observe");
  const first = await adoptIn(folder, "prod", "--state", "shop.json");
  expect(serviceIn(folder, "stock-api")).toContain("x-terraform-elsewhere");
  expect(serviceIn(folder, "stock-api")).toContain("mode: observe");
  expect(first.answer.removedBlocks).toContain("removed {");
  expect(first.answer.observed.map(({ service }) => service)).toContain("stock-api");
  const own = serviceIn(folder, "stock-api");
  writeFileSync(join(folder, "matrix.yaml"), matrixIn(folder).replace(own, own.replace("observe", "enforce")));
  const { answer } = await adoptIn(folder, "prod", "--state", "shop.json");
  expect(serviceIn(folder, "stock-api")).toContain("mode: enforce");
  expect(answer.contested.map(({ service }) => service)).toEqual(["stock-api"]);
});

test.each([
  ["{}", "it.json is no Terraform state"],
  ["nothing", "it.json is no Terraform state"],
  [
    JSON.stringify({ version: 4, resources: [], outputs: { matrix_hash: { value: "a".repeat(64), type: "string" } } }),
    "it.json is the state of a stack that matrix wrote",
  ],
])("%s is not the state of somebody else", async (text, message) => {
  const folder = folderWith({ "it.json": text });
  const argv = ["--snapshot", "prod.snapshot.json", "--env", "prod", "-o", ".", "--state", "it.json"];
  const ran = await runIn(folder, "adopt", ...argv);
  expect([ran.stderr.split("\n")[0], ran.code]).toEqual([`error: ${message}`, 2]);
});
