import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { callerKinds } from "../../src/callers/registry.ts";
import type { RawDocument, RawFields } from "../synth/document.ts";
import { synthesize, TODAY, validate } from "../synth/synthesize.ts";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { actionsOf } from "../terraform/plan.ts";
import { seedAccount, seedService } from "../terraform/stub-provider/seed.ts";
import { startTerraform } from "../terraform/terraform.ts";
import { accountsOf, reachOf, targetsOf } from "./admit.ts";
import { compactJson, type Declared, type DeclaredProvider, readStacks } from "./read-stack.ts";
import { tokenOf } from "./tokens.ts";

// docs/examples/every-kind.yaml: what every kind of caller and callee becomes.

const folder = new URL("../../docs/examples/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const keys = "keys/partner.jwks.json";
const files = { "every-kind.yaml": read("every-kind.yaml"), [keys]: read(keys) };
const document = parse(files["every-kind.yaml"]) as RawDocument;
const numbers = { "acme-prod": "111111111111", "acme-prod-data": "222222222222" };

/** What somebody else has made in acme-pool. */
const oldCi: DeclaredProvider = {
  address: "(elsewhere)",
  name: "projects/111111111111/locations/global/workloadIdentityPools/acme-pool/providers/old-ci",
  pool: "projects/111111111111/locations/global/workloadIdentityPools/acme-pool",
  disabled: false,
  condition: undefined,
  mapping: { "google.subject": "assertion.sub" },
  trust: { type: "oidc", issuer: "https://old-ci.acme.example", audiences: [], jwks: undefined },
};

function declared(): Declared {
  const stacks = readStacks([...synthesize(files).values()], numbers);
  return { ...stacks, providers: [...stacks.providers, oldCi] };
}

test("every kind is in it, and nothing about it is worth a warning", () => {
  const { callers = {}, services } = document;
  const kinds = new Set(Object.values(callers).flatMap((fields) => Object.keys(fields)));
  expect(Object.keys(callerKinds).filter((kind) => !kinds.has(kind))).toEqual([]);
  expect(new Set(Object.values(services).map(({ kind = "service" }) => kind))).toEqual(
    new Set(["service", "function", "job"]),
  );
  expect(new Set(Object.values(services).map(({ iap }) => iap))).toEqual(
    new Set([undefined, "service", "load-balancer"]),
  );
  const { findings } = validate(files, TODAY);
  expect(
    findings.filter(({ severity }) => severity !== "info").map(({ rule, message }) => `${rule}: ${message}`),
  ).toEqual([]);
});

test("who outside becomes which account and calls what", async () => {
  const world = declared();
  const providers = world.providers.map(({ name, trust, condition = "(somebody else's: not known)" }) =>
    [
      `${name}`,
      `  of ${trust.type === "aws" ? `AWS account ${trust.account}` : trust.issuer}`,
      `  only if ${condition}`,
    ].join("\n"),
  );
  const lines = Object.entries(document.callers ?? {}).flatMap(([key, fields]) => lineOf(world, key, fields));
  await expect(`${[...providers, "", ...lines].join("\n")}\n`).toMatchFileSnapshot("golden/every-kind.txt");
});

/** One caller: what it shows, the account that it acts as, and what that may call. */
function lineOf(world: Declared, key: string, fields: RawFields): readonly string[] {
  const kind = Object.keys(fields).find((name) => name in callerKinds) ?? "";
  const details = fields[kind] as RawFields;
  const data = kind !== "gitlab" && details["project"] === "data";
  const jwks = details["jwks"] === undefined ? undefined : compactJson(read(String(details["jwks"])));
  const token = tokenOf(fields, { project: data ? "acme-prod-data" : "acme-prod", keys: jwks });
  if (token !== undefined) {
    const accounts = accountsOf(world, token);
    const { kind: shown, ...shows } = token;
    const short = "claims" in shows ? { ...shows, ...("keys" in shows ? { keys: "its file" } : {}) } : shows;
    return [
      `${key} (${kind})`,
      `  shows ${shown} ${JSON.stringify(short)}`,
      `  acts as ${accounts.join(", ") || "nobody"}`,
      ...reachOf(world, token).map((target) => `  calls ${target}`),
    ];
  }
  const member =
    typeof fields[kind] === "string"
      ? `${kind}:${String(fields[kind])}`
      : `serviceAccount:${key}-sa@${data ? "acme-prod-data" : "acme-prod"}.iam.gserviceaccount.com`;
  return [`${key} (${kind})`, `  is ${member}`, ...targetsOf(world, member).map((target) => `  calls ${target}`)];
}

describe.skipIf(withoutTerraform)(`with Terraform (${SKIPPED_WITHOUT_TERRAFORM})`, () => {
  test("it applies, changes and settles", async () => {
    const terraform = await startTerraform();
    const root = await mkdtemp(join(tmpdir(), "every-kind-"));
    const write = async (version: string, texts: typeof files): Promise<string> => {
      const dir = join(root, version, "prod");
      await mkdir(dir, { recursive: true });
      await writeFile(join(dir, "cdk.tf.json"), synthesize(texts).get("prod") ?? "");
      return dir;
    };
    try {
      const { world } = terraform;
      for (const [name, { kind, project, regions }] of Object.entries(document.services)) {
        for (const location of (regions ?? ["europe-west1"]) as readonly string[]) {
          const where = `projects/${project === "data" ? "acme-prod-data" : "acme-prod"}/locations/${location}`;
          if (kind === "job") world.jobs[`${where}/jobs/${name}`] = {};
          else seedService(world, { project: where.split("/")[1] ?? "", location, name });
        }
      }
      seedAccount(world, { project: "acme-batch", accountId: "nightly" });

      const first = await write("1", files);
      await terraform.validate(first);
      await terraform.apply(first);
      const impersonation = (email: string): unknown =>
        world.policies[`projects/acme-prod/serviceAccounts/${email}`]?.["roles/iam.workloadIdentityUser"];
      expect(Object.keys(world.workloadIdentity).filter((path) => !path.includes("/providers/"))).toHaveLength(5);
      expect(world.policies["projects/acme-prod/iap_web/cloud_run-europe-west1/services/backoffice"]).toEqual({
        "roles/iap.httpsResourceAccessor": [
          "group:support@acme.example",
          "serviceAccount:closing-sa@acme-prod-data.iam.gserviceaccount.com",
        ],
      });

      // Another branch, and a caller that calls nothing any more.
      const changed = files["every-kind.yaml"]
        .replace(`repositoryId: "8675309", branch: main }`, `repositoryId: "8675309", branch: next }`)
        .replace("outside: [pricing, stock, pipeline, partner,", "outside: [pricing, stock, pipeline,");
      const second = await write("2", { ...files, "every-kind.yaml": changed });
      const plan = await terraform.plan(second);
      expect(actionsOf(plan)).toEqual({
        "google_cloud_run_v2_service_iam_binding.api_europe-west1_invoker": "update",
        "google_iam_workload_identity_pool.acme-prod_matrix-prod-oidc-d70ds4t554": "update",
        "google_iam_workload_identity_pool_provider.acme-prod_matrix-prod-oidc-d70ds4t554_oidc": "update",
        "google_service_account_iam_binding.deploy_impersonators": "update",
      });
      await terraform.apply(second, "plan.bin");
      expect(JSON.stringify(impersonation("deploy-sa@acme-prod.iam.gserviceaccount.com"))).toContain("refs/heads/next");
      expect(await terraform.planIsEmpty(second)).toBe(true);
    } finally {
      await terraform.stop();
      await rm(root, { recursive: true });
    }
  });
});
