import * as fc from "fast-check";
import { expect, test } from "vitest";
import { planStacks } from "../../src/synth/plan/plan-stacks.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { oneEdge } from "./cases/drift-case.ts";
import { readMatrixFor } from "./drift-of.ts";
import { only, told } from "./findings-of.ts";
import { email, invoker, live, sa, world } from "./live-world.ts";

// A service moves from a shared account to its own: the world is read on 22 November 2026 at noon.

const OLD = email("shared");
const row = invoker(sa("checkout"), `serviceAccount:${OLD}`);

function moving(until: string, account = OLD): string {
  return oneEdge.replace(
    "team-checkout }",
    `team-checkout, previousAccounts: [{ email: ${account}, until: ${until} }] }`,
  );
}

/** Checkout runs as the shared account; so do the others. */
function shared(...others: readonly string[]): Snapshot {
  const services = [live("billing", [row]), live("checkout", [], { account: OLD })];
  return world({ services: [...services, ...others.map((name) => live(name, [], { account: OLD }))] });
}

test.each([
  ["2027-06-30", "info", "which may call until 2027-06-30"],
  ["2026-12-10", "warning", "which may call until 2026-12-10"],
])("a service that still runs as its previous account is told so, until %s as %s", (until, severity, saying) => {
  const finding = only(moving(until), shared());
  expect([finding.rule, finding.severity]).toEqual(["wrong-runtime-account", severity]);
  expect(finding.message).toBe(`checkout still runs in europe-west1 as its previous account ${OLD}, ${saying}`);
  expect(finding.fix).toMatch(/^deploy it as its own account before then: gcloud run services update checkout /);
  expect(finding.fix).toContain(email("checkout-sa"));
});

test("past the date it is an error, and so is what the old account may still call", () => {
  expect(told(moving("2026-11-21"), shared())).toEqual([
    expect.stringMatching(/^error expired-previous-account: .* may call billing though its time ended \(2026-11-21\)$/),
    `error wrong-runtime-account: checkout still runs in europe-west1 as its previous account ${OLD}, whose time ended (2026-11-21), so its calls fail or are about to`,
  ]);
  const closed = world({
    services: [live("billing", [invoker(sa("checkout"))]), live("checkout", [], { account: OLD })],
  });
  expect(only(moving("2026-11-21"), closed)).toMatchObject({ rule: "wrong-runtime-account", severity: "error" });
});

test("an account that is none of the previous ones stays an error without an end", () => {
  const services = [live("billing", [invoker(sa("checkout"), sa("other"))]), live("checkout", [], { account: OLD })];
  const finding = only(moving("2027-06-30", email("other-sa")), world({ services }));
  expect(finding.severity).toBe("error");
  expect(finding.message).toBe(`checkout runs in europe-west1 as ${OLD}, and the matrix says ${email("checkout-sa")}`);
});

test("services that share the old account and are not moving are named", () => {
  const messageOf = (text: string): string | undefined =>
    told(text, shared("batch", "reports")).find((each) => each.includes("checkout still runs"));
  expect(messageOf(moving("2027-06-30"))).toMatch(/; batch .* and reports .* run as it too and are not moving$/);
  const both = moving("2027-06-30").replace(
    "  billing:",
    `  batch: { account: { email: ${OLD} } }\n  reports: { previousAccounts: [{ email: ${OLD}, until: 2027-06-30 }] }\n  billing:`,
  );
  expect(messageOf(both)).toMatch(/until 2027-06-30; batch runs as it too and is not moving$/);
});

test("a default account on its way out is a warning until the date", () => {
  const compute = "111111111111-compute@developer.gserviceaccount.com";
  const services = [
    live("billing", [invoker(sa("checkout"), `serviceAccount:${compute}`)]),
    live("checkout", [], { account: null }),
  ];
  const finding = only(moving("2027-06-30", compute), world({ services }));
  expect([finding.rule, finding.severity]).toEqual(["default-runtime-account", "warning"]);
  expect(finding.message).toMatch(/still runs .* shares; as its previous account it may call until 2027-06-30$/);
  const closed = [live("billing", [invoker(sa("checkout"))]), live("checkout", [], { account: null })];
  expect(only(moving("2026-11-21", compute), world({ services: closed })).severity).toBe("error");
});

test("rows hold both accounts until the date, and only the new one from then on", () => {
  const until = fc.date({ min: new Date("2026-01-01"), max: new Date("2028-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(until, fc.integer({ min: -400, max: 400 }), (date, days) => {
      const day = date.toISOString().slice(0, 10);
      const at = new Date(Date.parse(day) + days * 86_400_000).toISOString();
      const { matrix } = readMatrixFor(moving(day), { ...shared(), finishedAt: at });
      if (matrix === undefined) throw new Error("not a matrix");
      const members = planStacks(matrix).flatMap(({ rows }) =>
        rows.flatMap((each) => each.members.map((member) => JSON.stringify(member))),
      );
      expect(members.some((each) => each.includes(OLD))).toBe(days <= 0);
      expect(members.some((each) => each.includes("checkout"))).toBe(true);
    }),
    { numRuns: 40 },
  );
});
