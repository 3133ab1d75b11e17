import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RowMemberStep } from "../../src/modes/modes-report.ts";
import type { AccountRecord } from "../../src/snapshot/snapshot.ts";
import { account, read } from "../access/tiny-world.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";
import { modesOf, only, placeOf, serviceOf } from "./modes-of.ts";

const principals = (members: readonly RowMemberStep[]): readonly string[] => members.map(({ principal }) => principal);

/** An account that somebody asked about. */
function seen(id: string, lastAuthenticated: AccountRecord["lastAuthenticated"]): AccountRecord {
  return { ...account(email(id)), ...(lastAuthenticated === undefined ? {} : { lastAuthenticated }) };
}

const shop = matrix(`
services:
  checkout: { mode: observe }
  billing: { mode: add, owner: team-payments }
  ledger: {}
  reports: { mode: add, planned: [prod] }
  old-fx: { mode: observe, retired: 2026-01-31 }
trust:
  checkout -> billing: Charges cards
`);

test("without a snapshot there are modes and next steps, and nothing is claimed of rows", () => {
  const report = modesOf(shop);
  expect(only(report).summary).toEqual({ observe: 1, add: 2, enforce: 1 });
  expect(only(report).services.map(({ service, mode, stage, row }) => [service, mode, stage, row])).toEqual([
    ["billing", "add", "live", { to: "enforce", role: "roles/run.invoker", places: undefined }],
    ["checkout", "observe", "live", { to: "add", role: "roles/run.invoker", places: undefined }],
    ["ledger", "enforce", "live", undefined],
    ["reports", "add", "planned", undefined],
  ]);
  expect(report).toMatchObject({ snapshot: null, complete: true });
});

test("enforce removes who is not declared, whoever that is, and says when it last authenticated", () => {
  const deleted = "deleted:serviceAccount:gone@acme-prod.iam.gserviceaccount.com?uid=1";
  const stranger = "serviceAccount:Shared@acme-prod.iam.gserviceaccount.com";
  const report = modesOf(
    shop,
    world({
      services: [
        live("billing", [
          invoker(stranger, "user:dana@acme.example", deleted, sa("never"), sa("secret")),
          invoker(sa("plain")),
        ]),
        live("checkout"),
        live("ledger", [invoker("allUsers")]),
      ],
      accounts: [
        seen("shared", read("2026-11-03T08:00:00Z")),
        seen("never-sa", read(null)),
        seen("secret-sa", { status: "denied", reason: "permission policyanalyzer.x is missing" }),
        seen("plain-sa", undefined),
      ],
    }),
  );
  const place = placeOf(report, "billing");
  expect(place).toMatchObject({ live: "read", conditional: [] });
  expect(principals(place.adds)).toEqual([sa("checkout")]);
  expect(place.removes.map(({ principal, activity }) => [principal, activity])).toEqual([
    [deleted, { known: "deleted" }],
    [stranger, { known: "seen", at: "2026-11-03T08:00:00Z" }],
    [sa("never"), { known: "none" }],
    [sa("plain"), { known: "not-asked" }],
    [sa("secret"), { known: "unread", reason: "permission policyanalyzer.x is missing" }],
    ["user:dana@acme.example", { known: "no-account" }],
  ]);
  expect(report.complete).toBe(true);
});

test("a row that is enforced and not applied yet is not held for what is declared", () => {
  const places = (bindings: Parameters<typeof live>[1]) =>
    serviceOf(
      modesOf(shop, world({ services: [live("billing"), live("checkout"), live("ledger", bindings)] })),
      "ledger",
    ).row?.places;
  expect(places([])).toBeUndefined();
  expect(principals(places([invoker("user:dana@acme.example")])?.[0]?.removes ?? [])).toEqual([
    "user:dana@acme.example",
  ]);
  const unread = modesOf(shop, world({ services: [live("billing"), live("checkout")] }));
  expect(serviceOf(unread, "ledger").row?.places?.map((place) => place.live)).toEqual(["absent"]);
});

test("a declared member stays in whatever letters it is written, and a previous account until its date", () => {
  const text = matrix(`
services:
  checkout: { previousAccounts: [{ email: ${email("shared")}, until: 2027-01-31 }, { email: ${email("older")}, until: 2026-01-31 }] }
  billing: { mode: add }
trust: { checkout -> billing: Charges cards }
`);
  const services = [
    live("checkout"),
    live("billing", [
      invoker(
        sa("checkout").replace("checkout", "Checkout"),
        `serviceAccount:${email("shared")}`,
        `serviceAccount:${email("older")}`,
      ),
    ]),
  ];
  const place = placeOf(modesOf(text, world({ services })), "billing");
  expect(principals(place.adds)).toEqual([]);
  expect(place.removes.map(({ principal, names }) => [principal, names])).toEqual([
    [`serviceAccount:${email("older")}`, ["checkout"]],
  ]);
});

test("other roles and conditions are not the row's: they stay, and conditions are told", () => {
  const condition = { title: "for now", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' };
  const hidden = "roles/run.invoker_withcond_0a1b2c3d4e";
  const services = [
    live("checkout"),
    live("billing", [
      invoker(sa("checkout")),
      { ...invoker("group:oncall@acme.example"), condition },
      { role: hidden, members: ["user:dana@acme.example"] },
      { role: "roles/run.developer", members: ["user:eve@acme.example"] },
    ]),
  ];
  const place = placeOf(modesOf(shop, world({ services })), "billing");
  expect(principals(place.removes)).toEqual([]);
  expect(principals(place.conditional)).toEqual(["group:oncall@acme.example", "user:dana@acme.example"]);
});

test("what was not read removes nobody that is known, and makes the answer incomplete", () => {
  const unread = (policy: "denied" | "partial"): ReturnType<typeof modesOf> => {
    const billing = live("billing", [invoker("user:dana@acme.example")]);
    const value = "value" in billing.policy ? billing.policy.value : { bindings: [] };
    const reading =
      policy === "partial"
        ? ({ status: "partial", reason: "cut off", value } as const)
        : ({ status: "denied", reason: "permission run.services.getIamPolicy is missing" } as const);
    return modesOf(shop, world({ services: [live("checkout"), { ...billing, policy: reading }] }));
  };
  const denied = unread("denied");
  expect(placeOf(denied, "billing")).toMatchObject({
    live: "unread",
    reason: "permission run.services.getIamPolicy is missing",
  });
  expect(denied.complete).toBe(false);
  const partial = unread("partial");
  expect(placeOf(partial, "billing")).toMatchObject({
    live: "partial",
    removes: [{ principal: "user:dana@acme.example" }],
  });
  expect(partial.complete).toBe(false);
  expect(placeOf(modesOf(shop, world({ services: [live("checkout")] })), "billing").live).toBe("absent");
});

test("an account of its own moves a service that shares one, or calls as one from elsewhere", () => {
  const text = matrix(`
services:
  checkout: { account: { id: shop-backend, manage: adopt }, previousAccounts: [{ email: ${email("shop-backend")}, until: 2027-01-31 }] }
  billing: { account: { email: ${email("shop-backend")} } }
  ledger: { account: { id: ledger-sa, manage: reference } }
  reports: {}
trust:
  checkout -> billing: Charges cards
  checkout -> ledger: Books
`);
  const report = modesOf(
    text,
    world({
      services: [live("ledger"), live("billing", [], { account: email("shop-backend") })],
      accounts: [{ ...account(email("checkout-sa")), details: read(null) }],
    }),
  );
  const step = (name: string): unknown => serviceOf(report, name).account.step;
  expect(step("checkout")).toEqual({
    to: email("checkout-sa"),
    exists: false,
    callees: ["billing", "ledger"],
    sharedWith: ["billing"],
    isPrevious: true,
  });
  expect(step("billing")).toMatchObject({
    to: email("billing-sa"),
    exists: undefined,
    callees: [],
    sharedWith: ["checkout"],
  });
  expect([step("ledger"), step("reports")]).toEqual([undefined, undefined]);
});

test("the row after enforce is what is declared: nothing stays that is not, nothing goes that is", () => {
  const members = ["cart", "mail", "shop", "stock"].map((each) => sa(each));
  const some = fc.subarray(members);
  fc.assert(
    fc.property(some, some, (declared, there) => {
      const names = declared.map((member) => /:(\w+)-sa/.exec(member)?.[1] ?? "");
      const text = matrix(`
services: { cart: {}, mail: {}, shop: {}, stock: {}, billing: { mode: add } }
trust: { ${names.map((name) => `${name} -> billing: Calls`).join(", ")} }
`);
      const { adds, removes } = placeOf(
        modesOf(text, world({ services: [live("billing", [invoker(...there)])] })),
        "billing",
      );
      const after = [...there.filter((member) => !principals(removes).includes(member)), ...principals(adds)];
      expect(after.toSorted()).toEqual(declared.toSorted());
      expect(principals(adds).filter((member) => there.includes(member))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
