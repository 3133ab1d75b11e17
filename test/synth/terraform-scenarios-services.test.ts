import { describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { cloudRunServiceSchema } from "../terraform/stub-provider/schemas/cloud-run-service.ts";
import { cloudRunTemplateSchema } from "../terraform/stub-provider/schemas/cloud-run-template.ts";
import { attributesOf, blocksOf, type BlockSchema } from "../terraform/stub-provider/schemas/schema.ts";
import type { World } from "../terraform/stub-provider/world.ts";
import { accountOf, deployed, emailOf, holders, matrix, memberOf, rowOf, serviceOf } from "./scenario-worlds.ts";
import { resourcesOf } from "./stack-json.ts";
import { tell } from "./story.ts";
import { synthesizeOne } from "./synthesize.ts";

// Services that Terraform makes itself. See terraform-scenarios.test.ts.

const WEB = memberOf("web-sa");
const IMAGE = 'image: "europe-docker.pkg.dev/acme-prod/run/ledger:1"';
const SERVICE = "google_cloud_run_v2_service.ledger_europe-west1";

const ledger = (fields: string, key = "ledger"): string =>
  matrix({ services: `web: {}\n${key}: { ${fields} }`, trust: `web -> ${key}: Books` });

/** What a deployment may write, but for labels: something for most of the arguments that are not the matrix's. */
const deployment = {
  annotations: { "run.googleapis.com/operation-id": "42" },
  binary_authorization: [{ use_default: true }],
  client: "gcloud",
  client_version: "528.0.0",
  custom_audiences: ["https://books.acme.com"],
  description: "Deployed by hand",
  launch_stage: "BETA",
  scaling: [{ min_instance_count: 2 }],
  traffic: [{ percent: 100, type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: "ledger-00001" }],
  template: [
    {
      service_account: emailOf("ledger-sa"),
      annotations: { by: "ci" },
      labels: { commit: "4f2a" },
      containers: [{ image: "ledger:2", args: ["--fast"] }],
      execution_environment: "EXECUTION_ENVIRONMENT_GEN2",
      max_instance_request_concurrency: 8,
      revision: "ledger-00002",
      scaling: [{ max_instance_count: 3 }],
      session_affinity: true,
      timeout: "30s",
      volumes: [{ name: "tmp", empty_dir: [{ medium: "MEMORY" }] }],
      vpc_access: [{ egress: "ALL_TRAFFIC" }],
    },
  ],
};

function change(world: World, values: Readonly<Record<string, unknown>>): void {
  const path = serviceOf("ledger");
  world.services[path] = { ...world.services[path], ...values } as World["services"][string];
}

function labelsOf(world: World): object {
  return (world.services[serviceOf("ledger")]?.["labels"] ?? {}) as object;
}

test("every argument of a service is the matrix's, or is left to deployments", () => {
  const { args } = resourcesOf(synthesizeOne(ledger(IMAGE))).find(({ type }) => type.endsWith("_service")) ?? {};
  const { lifecycle, template, ...own } = args as { lifecycle: { ignore_changes: string[] }; template: object };
  const schema = cloudRunServiceSchema(false);
  const argumentsOf = (block: BlockSchema): readonly string[] => [
    ...attributesOf(block).flatMap(([name, { required, optional }]) => (required || optional ? [name] : [])),
    ...blocksOf(block).map(([name]) => name),
  ];
  const all = [
    ...argumentsOf(schema).filter((name) => !["id", "template", "timeouts"].includes(name)),
    ...argumentsOf(cloudRunTemplateSchema).map((name) => `template[0].${name}`),
  ];
  // The image counts once, when the service is made.
  const mine = [...Object.keys(own), ...Object.keys(template).map((name) => `template[0].${name}`)];
  expect([...new Set([...mine, ...lifecycle.ignore_changes])].sort()).toEqual(all.sort());
  expect(mine.filter((name) => lifecycle.ignore_changes.includes(name))).toEqual(["template[0].containers"]);
});

describe.skipIf(withoutTerraform)(`services over time (${SKIPPED_WITHOUT_TERRAFORM})`, { timeout: 180_000 }, () => {
  test.concurrent.each(["enforce", "add"])("account, service, row: in this order (%s)", (mode) =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      const made = await apply(ledger(`${IMAGE}, mode: ${mode}`));
      const account = made.log.findIndex(
        (write) => write.startsWith("createServiceAccount") && write.includes("ledger"),
      );
      const service = made.log.indexOf(`createService ${serviceOf("ledger")}`);
      const row = made.log.findIndex((write) => write.startsWith(`setIamPolicy ${serviceOf("ledger")}`));
      expect([account, service, row].toSorted((a, b) => a - b)).toEqual([account, service, row]);
      expect(account).toBeGreaterThan(-1);
      expect(world.services[serviceOf("ledger")]).toMatchObject({
        ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        invoker_iam_disabled: false,
        template: [{ service_account: emailOf("ledger-sa") }],
      });
      expect(holders(world, "ledger")).toEqual([WEB]);
    }),
  );

  test.concurrent("what a deployment changes is not Terraform's; account, ingress and invoker check are", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      await apply(ledger(IMAGE));
      change(world, { ...deployment, labels: { ...labelsOf(world), team: "books" } });
      expect((await apply(ledger(IMAGE))).actions).toEqual({});
      change(world, { invoker_iam_disabled: true, ingress: "INGRESS_TRAFFIC_ALL" });
      expect((await apply(ledger(IMAGE))).actions).toEqual({ [SERVICE]: "update" });
      // The provider writes the whole service: what the deployment wrote must be in it.
      const { template, ...rest } = deployment;
      expect(world.services[serviceOf("ledger")]).toMatchObject({
        ...rest,
        labels: { team: "books" },
        template: [{ ...template[0], service_account: emailOf("ledger-sa") }],
        invoker_iam_disabled: false,
        ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
      });
    }));

  test.concurrent("a deleted image hands the service over and destroys nothing", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      await apply(ledger(IMAGE));
      const { uid } = world.services[serviceOf("ledger")] ?? {};
      const handedOver = await apply(ledger("description: Books"));
      expect(handedOver.log.filter((write) => write.startsWith("delete"))).toEqual([]);
      expect(handedOver.cutOffs).toEqual([]);
      expect(world.services[serviceOf("ledger")]?.uid).toBe(uid);
      expect(holders(world, "ledger")).toEqual([WEB]);
    }));

  test.concurrent("a renamed service is the same service", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      await apply(ledger(IMAGE));
      const { uid } = world.services[serviceOf("ledger")] ?? {};
      const renamed = await apply(ledger(`${IMAGE}, formerNames: [ledger]`, "books"));
      expect(renamed.actions).toEqual({ [accountOf("books")]: "update" });
      expect(Object.keys(renamed.moves)).toHaveLength(3);
      expect(world.services[serviceOf("ledger")]?.uid).toBe(uid);
      expect(renamed.cutOffs).toEqual([]);
    }));

  test.concurrent("a service without invoker check is closed again when it retires, and leaves after the date", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      const open = `${IMAGE}, ingress: all, public: { reason: Open books, via: no-invoker-check }`;
      await apply(ledger(open));
      expect(world.services[serviceOf("ledger")]?.["invoker_iam_disabled"]).toBe(true);
      const retiring = await apply(ledger(`${open}, retired: 2026-12-31`));
      expect(retiring.actions).toEqual({
        [SERVICE]: "update",
        [rowOf("ledger")]: "update",
        [accountOf("ledger")]: "update",
      });
      expect(world.services[serviceOf("ledger")]?.["invoker_iam_disabled"]).toBe(false);
      const gone = await apply(ledger(`${open}, retired: 2026-12-31`), "2027-01-01");
      expect(Object.values(gone.actions)).toEqual(["delete", "delete", "delete"]);
      expect(world.services[serviceOf("ledger")]).toBeUndefined();
      // Nobody is left with a grant on it, and its account goes last of all.
      expect(gone.log.at(-1)).toMatch(/^deleteServiceAccount/);
    }));

  test.concurrent("a service that is only observed again stays as it is", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      await apply(ledger(IMAGE));
      const observed = await apply(ledger(`${IMAGE}, mode: observe`));
      expect(new Set(Object.values(observed.actions))).toEqual(new Set(["forget"]));
      expect(observed.log).toEqual([]);
      expect(holders(world, "ledger")).toEqual([WEB]);
    }));

  test.concurrent("a service that is taken out of the matrix is not destroyed by accident", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web");
      await apply(ledger(IMAGE));
      await expect(apply(matrix({ services: "web: {}" }))).rejects.toThrow(/deletion_protection=false/);
      expect(world.services[serviceOf("ledger")]).toBeDefined();
    }));
});
