import { describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { problemsOf } from "../terraform/plan.ts";
import {
  deployed,
  grantedByHand,
  holders,
  INVOKER,
  matrix,
  memberOf,
  membersOf,
  rowOf,
  SERVICES_INVOKER,
  serviceOf,
} from "./scenario-worlds.ts";
import { tell } from "./story.ts";

// What becomes of rows when a matrix changes: what Terraform plans, and what happens at Google write by write. Each
// story begins on a world where pipelines have deployed the services, and every apply must leave an empty plan.

const WEB = memberOf("web-sa");
const CHECKOUT = memberOf("checkout-sa");
const STRANGER = "user:someone@acme.com";

/** Web and checkout call rates, whose fields are the story. */
const rates = (fields: string, trust = "web -> rates: Prices\ncheckout -> rates: Totals"): string =>
  matrix({ services: `web: {}\ncheckout: {}\nrates: { ${fields} }`, trust });

describe.skipIf(withoutTerraform)(`rows over time (${SKIPPED_WITHOUT_TERRAFORM})`, { timeout: 180_000 }, () => {
  test.concurrent("a row that was wired by hand joins the matrix, and leaves it, without cutting anybody off", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "checkout", "rates");
      await apply(matrix({ services: "web: {}\ncheckout: {}" }));
      grantedByHand(world, "rates", [WEB, CHECKOUT, STRANGER]);

      const observed = await apply(rates("mode: observe"));
      expect(observed.actions).toEqual({});

      const added = await apply(rates("mode: add"));
      expect(added.actions).toMatchObject({
        [membersOf("rates", WEB)]: "create",
        [membersOf("rates", CHECKOUT)]: "create",
      });
      expect(holders(world, "rates")).toEqual([CHECKOUT, WEB, STRANGER].sort());

      const enforced = await apply(rates("mode: enforce"));
      expect(enforced.actions).toEqual({
        [rowOf("rates")]: "create",
        [membersOf("rates", WEB)]: "forget",
        [membersOf("rates", CHECKOUT)]: "forget",
      });
      expect(holders(world, "rates")).toEqual([CHECKOUT, WEB].sort());

      const addedAgain = await apply(rates("mode: add"));
      expect(addedAgain.actions[rowOf("rates")]).toBe("forget");

      const observedAgain = await apply(rates("mode: observe"));
      expect(Object.values(observedAgain.actions)).toEqual(["forget", "forget", "forget"]);
      expect(holders(world, "rates")).toEqual([CHECKOUT, WEB].sort());
      expect([observed, added, enforced, addedAgain, observedAgain].flatMap(({ cutOffs }) => cutOffs)).toEqual([]);
    }));

  test.concurrent.each(["add", "enforce"])("another role is granted before the old one is taken away (%s)", (mode) =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "checkout", "rates");
      await apply(rates(`mode: ${mode}`));
      const changed = await apply(rates(`mode: ${mode}, invokerRole: ${SERVICES_INVOKER}`));
      expect(new Set(Object.values(changed.actions))).toEqual(new Set(["create delete"]));
      expect(changed.cutOffs).toEqual([]);
      expect(world.policies[serviceOf("rates")]).toEqual({ [SERVICES_INVOKER]: [CHECKOUT, WEB].sort() });
      expect(changed.log.at(0)).toContain(SERVICES_INVOKER);
    }),
  );

  test.concurrent("one edge more is one member more of one row, and nothing else", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "checkout", "rates");
      await apply(rates("mode: enforce", "web -> rates: Prices"));
      const enforced = await apply(rates("mode: enforce"));
      expect(enforced.actions).toEqual({ [rowOf("rates")]: "update" });
      const { before, after } = enforced.plan.resource_changes?.find(({ address }) => address === rowOf("rates"))
        ?.change ?? { before: null, after: null };
      expect({ ...before, etag: "", members: after?.["members"] }).toEqual({ ...after, etag: "" });
      expect(after?.["members"]).toEqual([CHECKOUT, WEB].sort());
      expect(enforced.log).toEqual([`setIamPolicy ${serviceOf("rates")} ${INVOKER} [${CHECKOUT}, ${WEB}]`]);

      const fewer = await apply(rates("mode: enforce", "checkout -> rates: Totals"));
      expect(fewer.actions).toEqual({ [rowOf("rates")]: "update" });
      expect(fewer.log).toEqual([`setIamPolicy ${serviceOf("rates")} ${INVOKER} [${CHECKOUT}]`]);
    }));

  test.concurrent("one edge more is one instance more where members are added", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "checkout", "rates");
      grantedByHand(world, "rates", [STRANGER]);
      await apply(rates("mode: add", "web -> rates: Prices"));
      const more = await apply(rates("mode: add"));
      expect(more.actions).toEqual({ [membersOf("rates", CHECKOUT)]: "create" });
      expect(more.log).toHaveLength(1);
      const fewer = await apply(rates("mode: add", "checkout -> rates: Totals"));
      expect(fewer.actions).toEqual({ [membersOf("rates", WEB)]: "delete" });
      expect(holders(world, "rates")).toEqual([CHECKOUT, STRANGER].sort());
    }));

  test.concurrent("a service is opened and closed by one member", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "checkout", "rates");
      await apply(rates("ingress: all"));
      const open = await apply(rates("ingress: all, public: { reason: Anybody may look }"));
      expect(open.actions).toEqual({ [rowOf("rates")]: "update" });
      expect(holders(world, "rates")).toEqual(["allUsers", CHECKOUT, WEB]);
      const closed = await apply(rates("ingress: all"));
      expect(closed.actions).toEqual({ [rowOf("rates")]: "update" });
      expect(holders(world, "rates")).toEqual([CHECKOUT, WEB].sort());
    }));

  test.concurrent("an expiry is applied without a change of the file", () =>
    tell(async ({ apply, world }) => {
      deployed(world, "web", "checkout", "rates");
      const text = rates("", "web -> rates: Prices\ncheckout -> rates: { reason: Totals, expires: 2026-12-01 }");
      await apply(text, "2026-12-01T23:59:59Z");
      const expired = await apply(text, "2026-12-02");
      expect(expired.actions).toEqual({ [rowOf("rates")]: "update" });
      expect(holders(world, "rates")).toEqual([WEB]);
      expect(expired.cutOffs).toEqual([]);
    }));

  test.concurrent("who was let in outside of Terraform is drift of an enforced row, also of an empty one", () =>
    tell(async ({ apply, plan, world }) => {
      deployed(world, "web", "checkout", "rates");
      const text = rates("", "web -> checkout: Orders");
      await apply(text);
      grantedByHand(world, "rates", [STRANGER]);
      const drifted = await plan(text);
      expect(drifted.resource_drift?.map(({ address }) => address)).toEqual([rowOf("rates")]);
      const closed = await apply(text);
      expect(closed.actions).toEqual({ [rowOf("rates")]: "update" });
      expect(holders(world, "rates")).toEqual([]);
    }));

  test.concurrent("check blocks say what differs from the matrix, and change nothing", () =>
    tell(
      async ({ apply, plan, world }) => {
        deployed(world, "web", "checkout", "rates");
        const text = matrix({ more: "terraform: { checks: true }", services: "rates: {}" });
        await apply(text);
        world.services[serviceOf("rates")] = {
          ...world.services[serviceOf("rates")],
          invoker_iam_disabled: true,
        } as (typeof world.services)[string];
        expect(problemsOf(await plan(text)).toSorted()).toEqual([
          "rates in europe-west1 does not have ingress INGRESS_TRAFFIC_INTERNAL_ONLY.",
          "rates in europe-west1 does not run as rates-sa@acme-prod.iam.gserviceaccount.com.",
          "rates in europe-west1 has its invoker check off.",
        ]);
      },
      { settles: false },
    ));
});
