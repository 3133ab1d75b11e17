import { describe, expect, test } from "vitest";
import type { ChangesReport } from "../../src/audit/changes-report.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { invoker, live, world } from "../drift/live-world.ts";
import { APPLIER, CHECKOUT, historyOf, LEDGER, reportOf, set } from "./report-of.ts";

const INVOKER = "roles/run.invoker";
const DANA = "user:dana@acme.example";
const services = "services:\n  checkout: {}\n  billing: {}\n";
const empty = matrix(`${services}trust: {}\n`);
const declared = matrix(`${services}trust: { checkout -> billing: Charges cards }\n`);
const until = matrix(`${services}trust: { checkout -> billing: { reason: Charges cards, expires: 2026-10-15 } }\n`);

/** What was judged, in few words. */
function told({ changes }: ChangesReport): readonly string[] {
  return changes.map(
    ({ change, member, standing, against, commit }) =>
      `${change} ${member.split(":")[1]?.split("@")[0]} ${standing}${against ? " against" : ""} ${commit?.id[0] ?? "-"}`,
  );
}

describe("each change is judged by the matrix that was in force", () => {
  const history = historyOf([
    { at: "2026-10-20", text: empty },
    { at: "2026-10-10", text: declared },
    { at: "2026-09-01", text: empty },
  ]);

  test("before the edge, while it is there, and after it", () => {
    const report = reportOf(
      [
        set("2026-10-05T00:00:00Z", [["ADD", INVOKER, CHECKOUT]]),
        set("2026-10-11T00:00:00Z", [["REMOVE", INVOKER, CHECKOUT]]),
        set("2026-10-12T00:00:00Z", [["ADD", INVOKER, CHECKOUT]], { by: APPLIER }),
        set("2026-10-21T00:00:00Z", [
          ["REMOVE", INVOKER, CHECKOUT],
          ["ADD", "roles/run.admin", DANA],
        ]),
      ],
      { history },
    );
    expect(told(report)).toEqual([
      "granted checkout-sa undeclared against 1",
      "removed checkout-sa declared against 2",
      "granted checkout-sa declared 2",
      "removed checkout-sa undeclared 3",
      "granted dana undeclared against 3",
    ]);
    expect(report.changes.map(({ who }) => who.isApplier)).toEqual([false, false, true, false, false]);
    expect([report.complete, report.summary.against]).toEqual([true, 3]);
  });

  test("where none is known to have been, nothing is called undeclared, and that is a gap", () => {
    const entries = [set("2026-10-05T00:00:00Z", [["ADD", INVOKER, DANA]])];
    const young = [{ at: "2026-10-06", text: declared }];
    expect(told(reportOf(entries, { history: historyOf(young) }))).toEqual(["granted dana undeclared against -"]);
    const shallow = reportOf(entries, { history: historyOf(young, "the clone is shallow") });
    expect(told(shallow)).toEqual(["granted dana unknown -"]);
    expect(shallow.gaps).toMatchObject([{ kind: "matrix-unknown", message: expect.stringContaining("shallow") }]);
    const broken = reportOf(entries, { history: historyOf([{ at: "2026-10-01", text: null }]) });
    expect(broken.gaps).toMatchObject([{ kind: "matrix-unknown", message: expect.stringContaining("not YAML") }]);
  });
});

describe("edges that expired in the period", () => {
  const history = historyOf([{ at: "2026-09-01", text: until }]);
  const before = set("2026-09-10T00:00:00Z", [["ADD", INVOKER, CHECKOUT]]);
  const outcome = (entries: readonly object[], more: Partial<Parameters<typeof reportOf>[1]> = {}): unknown =>
    reportOf(entries, { history, ...more }).expiries.map((each) => [
      each.edge,
      each.expired,
      each.outcome,
      each.goneAt,
    ]);
  const EDGE = ["checkout -> billing", "2026-10-16T00:00:00Z"];

  test("are gone when the member truly disappeared, and by whom", () => {
    const late = set("2026-10-18T00:00:00Z", [["REMOVE", INVOKER, CHECKOUT]]);
    expect(outcome([before, late])).toEqual([[...EDGE, "gone", "2026-10-18T00:00:00Z"]]);
    const early = set("2026-10-02T00:00:00Z", [["REMOVE", INVOKER, CHECKOUT]]);
    expect(outcome([before, early])).toEqual([[...EDGE, "gone-before", "2026-10-02T00:00:00Z"]]);
  });

  test("are still there, or not known to be", () => {
    expect(outcome([before])).toEqual([[...EDGE, "still-there", null]]);
    expect(outcome([])).toEqual([[...EDGE, "unknown", null]]);
    const baseline = {
      ...world({ services: [live("billing")] }),
      startedAt: "2026-09-30T00:00:00Z",
      finishedAt: "2026-09-30T00:00:09Z",
    };
    expect(outcome([], { baseline })).toEqual([[...EDGE, "gone-before", null]]);
  });

  test("are none where the edge was prolonged or taken out before its end", () => {
    for (const text of [declared, empty])
      expect(
        outcome([before], {
          history: historyOf([
            { at: "2026-10-10", text },
            { at: "2026-09-01", text: until },
          ]),
        }),
      ).toEqual([]);
  });

  test("and a grant after its end was declared once", () => {
    const report = reportOf([set("2026-10-20T00:00:00Z", [["ADD", INVOKER, CHECKOUT]])], { history });
    expect(told(report)).toEqual(["granted checkout-sa expired against 1"]);
  });
});

describe("what a grant opens", () => {
  const history = historyOf([{ at: "2026-09-01", text: declared }]);
  const way = (role: string, on: string): readonly string[] =>
    reportOf([set("2026-10-05T00:00:00Z", [["ADD", role, DANA]], { on })], { history }).changes.map(
      (each) => `${each.way} ${each.relevance}`,
    );

  test.each([
    ["roles/viewer", "projects/acme-prod", []],
    [
      "roles/iap.httpsResourceAccessor",
      "projects/111111111111/iap_web/cloud_run-europe-west1/services/billing",
      ["pass-iap opens"],
    ],
    ["roles/editor", "projects/acme-prod", ["invoke opens"]],
    ["roles/editor", "projects/other", []],
    ["roles/editor", "organizations/9", ["invoke opens"]],
    ["roles/iam.serviceAccountTokenCreator", "folders/7", ["become may-open"]],
    ["roles/resourcemanager.projectIamAdmin", "projects/acme-prod", ["write-policy may-open"]],
    ["projects/acme-prod/roles/own", LEDGER, ["unknown-role may-open"]],
    [
      "roles/iam.serviceAccountTokenCreator",
      "projects/acme-prod/serviceAccounts/checkout-sa@acme-prod.iam.gserviceaccount.com",
      ["become may-open"],
    ],
    [
      "roles/iam.serviceAccountTokenCreator",
      "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com",
      [],
    ],
  ])("%s on %s", (role, on, ways) => {
    expect(way(role, on)).toEqual(ways);
  });
});

describe("the end that was read", () => {
  const history = historyOf([{ at: "2026-09-01", text: declared }]);
  const moment = (day: string): object => ({ startedAt: `${day}T00:00:00Z`, finishedAt: `${day}T00:00:09Z` });
  const baseline = { ...world({ services: [live("billing", [invoker(CHECKOUT)])] }), ...moment("2026-09-30") };
  const end = { ...world({ services: [live("billing", [invoker(CHECKOUT, DANA)])] }), ...moment("2026-10-31") };

  test("agrees with the entries, or something changed without one", () => {
    const known = reportOf([set("2026-10-05T00:00:00Z", [["ADD", INVOKER, DANA]])], { history, baseline, end });
    expect(known.gaps).toEqual([]);
    const hidden = reportOf([], { history, baseline, end });
    expect(hidden.gaps).toMatchObject([
      { kind: "end-differs", resource: LEDGER, message: expect.stringContaining(`${DANA} has ${INVOKER}`) },
    ]);
  });

  test("without a baseline, what was granted must stand, and what was taken must not", () => {
    const gone = reportOf([set("2026-10-05T00:00:00Z", [["ADD", INVOKER, "user:eve@acme.example"]])], { history, end });
    expect(gone.gaps).toMatchObject([
      { kind: "end-differs", message: expect.stringContaining(`eve@acme.example has no`) },
    ]);
    const back = reportOf([set("2026-10-05T00:00:00Z", [["REMOVE", INVOKER, DANA]])], { history, end });
    expect(back.gaps).toMatchObject([
      { kind: "end-differs", message: expect.stringContaining(`${DANA} has ${INVOKER}`) },
    ]);
    expect(reportOf([set("2026-10-05T00:00:00Z", [["ADD", INVOKER, DANA]])], { history, end }).gaps).toEqual([]);
  });

  test("says nothing of what changed while it was read", () => {
    const during = set("2026-10-31T00:00:05Z", [["ADD", INVOKER, DANA]]);
    expect(reportOf([during], { history, baseline, end }).gaps).toEqual([]);
  });
});
