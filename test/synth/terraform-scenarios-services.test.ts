import { describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { accountOf, deployed, emailOf, holders, matrix, memberOf, rowOf, serviceOf } from "./scenario-worlds.ts";
import { tell } from "./story.ts";

// Services that Terraform makes itself. See terraform-scenarios.test.ts.

const WEB = memberOf("web-sa");
const IMAGE = 'image: "europe-docker.pkg.dev/acme-prod/run/ledger:1"';
const SERVICE = "google_cloud_run_v2_service.ledger_europe-west1";

const ledger = (fields: string, key = "ledger"): string =>
  matrix({ services: `web: {}\n${key}: { ${fields} }`, trust: `web -> ${key}: Books` });

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
    tell(async ({ apply, plan, world }) => {
      deployed(world, "web");
      await apply(ledger(IMAGE));
      const made = world.services[serviceOf("ledger")];
      world.services[serviceOf("ledger")] = {
        ...made,
        annotations: { "run.googleapis.com/operation-id": "42" },
        labels: { ...(made?.["labels"] as object), team: "books" },
        client: "gcloud",
        template: [{ service_account: emailOf("ledger-sa"), containers: [{ image: "ledger:2" }], timeout: "30s" }],
      } as (typeof world.services)[string];
      expect((await apply(ledger(IMAGE))).actions).toEqual({});
      world.services[serviceOf("ledger")] = {
        ...world.services[serviceOf("ledger")],
        invoker_iam_disabled: true,
        ingress: "INGRESS_TRAFFIC_ALL",
      } as (typeof world.services)[string];
      const opened = await plan(ledger(IMAGE));
      const change = opened.resource_changes?.find(({ address }) => address === SERVICE)?.change;
      expect(change).toMatchObject({
        actions: ["update"],
        after: { invoker_iam_disabled: false, ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
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
