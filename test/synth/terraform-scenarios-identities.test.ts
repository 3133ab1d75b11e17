import { describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { seedService } from "../terraform/stub-provider/seed.ts";
import {
  accountOf,
  deployed,
  emailOf,
  grantedByHand,
  holders,
  madeByHand,
  matrix,
  memberOf,
  membersOf,
  rowOf,
  serviceOf,
} from "./scenario-worlds.ts";
import { tell } from "./story.ts";
import { TODAY } from "./synthesize.ts";

// What becomes of accounts, names and services when a matrix changes. See terraform-scenarios.test.ts.

const WEB = memberOf("web-sa");

/** Web calls billing, whose key and fields are the story; billing calls rates, where members are only added. */
const billing = (key: string, fields: string): string =>
  matrix({
    services: `web: {}\n${key}: { ${fields} }\nrates: { mode: add }`,
    trust: `web -> ${key}: Pays\n${key} -> rates: Converts`,
  });

const destructive = (actions: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(actions).filter((address) => /delete|forget/.test(actions[address] ?? ""));

describe.skipIf(withoutTerraform)(`identities over time (${SKIPPED_WITHOUT_TERRAFORM})`, { timeout: 180_000 }, () => {
  test.concurrent("a renamed service keeps what it is, however many names it skips", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "bills", "rates");
      await apply(billing("bills", ""));
      const before = structuredClone(world);
      const renamed = await apply(billing("billing", "formerNames: [bills, invoices]"));
      expect(renamed.moves).toEqual({
        [accountOf("bills")]: accountOf("billing"),
        [rowOf("bills")]: rowOf("billing"),
      });
      // The name that people see; nothing else about it changes.
      expect(renamed.actions).toEqual({ [accountOf("billing")]: "update" });
      expect(renamed.log).toEqual([
        `updateServiceAccount projects/acme-prod/serviceAccounts/${emailOf("bills-sa")} displayName`,
      ]);
      expect({ ...world, accounts: before.accounts }).toEqual(before);
      // Also the grant that it holds where members are added: it goes by the account, not by the name.
      expect(holders(world, "rates")).toEqual([memberOf("bills-sa")]);
    }));

  test.concurrent("a renamed caller keeps its grants", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "rates");
      const text = (key: string): string =>
        matrix({
          services: "rates: { mode: add }",
          callers: `${key}: { serviceAccount: nightly@acme-batch.iam.gserviceaccount.com }`,
          trust: `${key} -> rates: Warms its cache`,
        });
      await apply(text("nightly"));
      expect((await apply(text("every-night"))).actions).toEqual({});
    }));

  test.concurrent("a service is planned, deployed, retired and gone", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "rates");
      const planned = await apply(billing("billing", "planned: [prod]"));
      expect(planned.actions[accountOf("billing")]).toBe("create");
      expect(Object.keys(planned.actions)).not.toContain(rowOf("billing"));
      deployed(world, "billing");
      expect((await apply(billing("billing", ""))).actions).toEqual({ [rowOf("billing")]: "create" });
      expect(holders(world, "billing")).toEqual([WEB]);

      const retiring = await apply(billing("billing", "retired: 2026-12-31"));
      expect(retiring.actions).toEqual({
        [accountOf("billing")]: "update",
        [rowOf("billing")]: "update",
        [membersOf("rates", memberOf("billing-sa"))]: "delete",
      });
      expect(world.accounts[emailOf("billing-sa")]?.disabled).toBe(true);
      expect(holders(world, "billing")).toEqual([]);
      expect((await apply(billing("billing", "retired: 2026-12-31"), "2026-12-31T23:59:59Z")).actions).toEqual({});

      const gone = await apply(billing("billing", "retired: 2026-12-31"), "2027-01-01");
      expect(gone.actions).toEqual({ [accountOf("billing")]: "delete", [rowOf("billing")]: "delete" });
      expect(Object.keys(world.accounts)).not.toContain(emailOf("billing-sa"));
    }));

  test.concurrent("an account is handed to somebody else: Terraform forgets it, and nothing happens to it", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "billing", "rates");
      await apply(billing("billing", ""));
      const handed = await apply(billing("billing", "account: { manage: reference }"));
      expect(handed.actions).toEqual({ [accountOf("billing")]: "forget" });
      expect(handed.log).toEqual([]);
      const back = await apply(billing("billing", "account: { manage: adopt }"));
      expect(back.actions).toEqual({ [accountOf("billing")]: "import no-op" });
      expect(back.cutOffs).toEqual([]);
    }));

  test.concurrent("an account made by hand is taken over, not made again", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "billing", "rates");
      madeByHand(world, "billing-runner");
      grantedByHand(world, "rates", [memberOf("billing-runner")]);
      const uniqueId = world.accounts[emailOf("billing-runner")]?.uniqueId;
      const adopted = await apply(billing("billing", "account: { id: billing-runner, manage: adopt }"));
      expect(adopted.actions[accountOf("billing")]).toBe("import no-op");
      expect(adopted.log.filter((write) => write.includes("billing-runner") && /create|delete/i.test(write))).toEqual(
        [],
      );
      expect(world.accounts[emailOf("billing-runner")]).toMatchObject({ uniqueId, displayName: "" });
      expect(adopted.cutOffs).toEqual([]);
    }));

  test.concurrent("another account id: the new account, then the rows, then the end of the old one", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "billing", "rates");
      await apply(billing("billing", ""));
      const changed = await apply(billing("billing", "account: { id: billing-runner }"));
      expect(changed.actions[accountOf("billing")]).toBe("create delete");
      const order = changed.log.map((write) => write.split(" ")[0]);
      expect(order.at(0)).toBe("createServiceAccount");
      expect(order.at(-1)).toBe("deleteServiceAccount");
      expect(holders(world, "rates")).toEqual([memberOf("billing-runner")]);
    }));

  test.concurrent("a service moves to another account without a moment in which it may not call", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "billing", "rates");
      await apply(billing("billing", ""));
      const previous = `previousAccounts: [{ email: ${emailOf("billing-sa")}, until: 2027-01-31 }]`;
      const target = billing("billing", `account: { id: billing-runner }, ${previous}`);
      // In one step the account that still runs would be destroyed: Terraform refuses.
      await expect(apply(target)).rejects.toThrow(/prevent_destroy/);
      await apply(billing("billing", "account: { manage: reference }"));
      const moved = await apply(target);
      expect(destructive(moved.actions)).toEqual([]);
      expect(moved.cutOffs).toEqual([]);
      expect(holders(world, "rates")).toEqual([memberOf("billing-runner"), memberOf("billing-sa")]);
      await apply(target, "2027-02-01");
      expect(holders(world, "rates")).toEqual([memberOf("billing-runner")]);
    }));

  test.concurrent("accounts come before the rows that name them, also where two services share one", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "api", "twin", "zone");
      const first = await apply(
        matrix({
          services: "api: {}\ntwin: { account: { id: zone-sa, manage: reference } }\nzone: {}",
          trust: "twin -> api: Reads\nzone -> api: Writes",
        }),
      );
      const writes = first.log.map((write) => write.split(" ").slice(0, 2).join(" "));
      const account = writes.indexOf(`createServiceAccount projects/acme-prod/serviceAccounts/${emailOf("zone-sa")}`);
      expect(account).toBeGreaterThan(-1);
      expect(writes.indexOf(`setIamPolicy ${serviceOf("api")}`)).toBeGreaterThan(account);
      expect(holders(world, "api")).toEqual([memberOf("zone-sa")]);
    }));

  test.concurrent("two stacks that call each other: planned makes the accounts before the rows", () =>
    tell(async ({ apply, world }) => {
      const text = (fields: string): string => `version: 1
environments:
  prod:
    regions: [europe-west1]
    projects: { core: { id: acme-prod }, pci: { id: acme-pci, stack: prod-pci } }
services: { checkout: { ${fields} }, billing: { project: pci, ${fields} } }
trust: { checkout -> billing: Captures, billing -> checkout: Tells the result }`;
      deployed(world, "checkout");
      seedService(world, { project: "acme-pci", location: "europe-west1", name: "billing" });

      await expect(apply(text(""), TODAY, "prod")).rejects.toThrow(/billing-sa@acme-pci.*does not exist/);
      await apply(text("planned: [prod]"), TODAY, "prod");
      await apply(text("planned: [prod]"), TODAY, "prod-pci");
      await apply(text(""), TODAY, "prod");
      await apply(text(""), TODAY, "prod-pci");
      expect(holders(world, "checkout")).toEqual(["serviceAccount:billing-sa@acme-pci.iam.gserviceaccount.com"]);
      expect(world.policies["projects/acme-pci/locations/europe-west1/services/billing"]).toEqual({
        "roles/run.invoker": [memberOf("checkout-sa")],
      });
    }));
});
