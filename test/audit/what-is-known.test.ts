import { describe, expect, test } from "vitest";
import { attribute } from "../../src/audit/attribute.ts";
import { levelsInForce } from "../../src/audit/levels-in-force.ts";
import { readLog } from "../../src/audit/read-log.ts";
import { replayLogs } from "../../src/audit/report-changes.ts";
import { invoker, live, world } from "../drift/live-world.ts";
import {
  INVOKER,
  DANA,
  EVE,
  declared,
  until,
  always,
  moment,
  baseline,
  type Log,
  run,
  policy,
  seen,
  add,
  start,
  stop,
  off,
  role,
  testSeen,
} from "./hidden-changes.ts";
import { CHECKOUT, historyOf, instant, LEDGER, reportOf, set } from "./report-of.ts";

const custom = (list: readonly string[]) => ({
  name: "projects/acme-prod/roles/own",
  source: "live",
  permissions: { status: "read" as const, value: list },
});

describe("beside what was read at the start and at the end, nothing is quiet", () => {
  testSeen([
    ["a role that gains", [role("UpdateRole", ["run.routes.invoke"])], ["effect-unknown"]],
    [
      "a grant of a role that lost what it held",
      [
        set("2026-10-02T00:00:00Z", [["ADD", "projects/acme-prod/roles/own", DANA]]),
        role("UpdateRole", ["run.services.get"]),
      ],
      ["granted dana", "end-differs"],
      { baseline, end: { ...baseline, ...moment("10-31"), roles: [custom([])] } },
    ],
    [
      "a grant of a role that the start knows otherwise",
      [set("2026-10-02T00:00:00Z", [["ADD", "projects/acme-prod/roles/own", DANA]])],
      ["granted dana", "end-differs"],
      {
        baseline: { ...baseline, roles: [custom(["run.routes.invoke"])] },
        end: { ...baseline, ...moment("10-31"), roles: [custom([])] },
      },
    ],
    [
      "a call that ended with an error",
      [
        run("2026-10-05T00:00:00Z", "UpdateService", off, { insertId: "1", ...start }),
        run("2026-10-05T00:00:02Z", "UpdateService", {}, { insertId: "2", ...stop }, { status: { code: 13 } }),
      ],
      ["unfinished-call"],
      { baseline },
    ],
    [
      "a policy that may not follow the one before",
      [policy("2026-10-05T00:00:00Z", [CHECKOUT, DANA])],
      ["granted dana perhaps"],
      { baseline },
    ],
    [
      "the first policy that is known",
      [policy("2026-10-05T00:00:00Z", [CHECKOUT, DANA])],
      ["holds dana perhaps", "no-predecessor"],
    ],
    [
      "the first deployment that is known",
      [run("2026-10-05T00:00:00Z", "UpdateService", off)],
      ["invokerCheckDisabled perhaps", "no-predecessor"],
    ],
    [
      "a service that came without an entry",
      [],
      ["end-differs"],
      {
        baseline,
        end: { ...world({ services: [live("billing", [invoker(CHECKOUT)]), live("rogue")] }), ...moment("10-31") },
      },
    ],
    [
      "a service that went without an entry",
      [],
      ["end-differs"],
      { baseline, end: { ...world({}), ...moment("10-31") } },
    ],
    [
      "a service that was deleted and is there",
      [run("2026-10-05T00:00:00Z", "DeleteService", {})],
      ["removed checkout-sa", "end-differs"],
      { baseline, end: { ...baseline, ...moment("10-31") } },
    ],
    [
      "an account of a caller, above it",
      [
        set("2026-10-05T00:00:00Z", [["ADD", "roles/iam.serviceAccountTokenCreator", DANA]], {
          on: "projects/acme-ci",
        }),
      ],
      ["granted dana"],
      { history: always(`${declared}callers: { ci: { serviceAccount: ci@acme-ci.iam.gserviceaccount.com } }\n`) },
    ],
    [
      "commits whose dates go back",
      [],
      ["matrix-unknown"],
      {
        history: historyOf([
          { at: "2026-09-01", text: declared },
          { at: "2026-10-20", text: declared },
        ]),
      },
    ],
    [
      "a baseline that may hold an entry",
      [
        set("2026-09-30T00:00:05Z", [
          ["ADD", INVOKER, CHECKOUT],
          ["ADD", INVOKER, DANA],
        ]),
      ],
      ["no-predecessor"],
      { baseline, from: instant("2026-10-01") },
    ],
  ]);
});

describe("an edge that expired", () => {
  const log = (...rest: Log): Log => [set("2026-09-10T00:00:00Z", [["ADD", INVOKER, CHECKOUT]]), ...rest];
  const swap = (to: string): object =>
    set("2026-10-16T00:00:00Z", [
      ["REMOVE", INVOKER, CHECKOUT],
      ["ADD", to, CHECKOUT],
    ]);

  test.each<readonly [string, Log, readonly string[], number]>([
    ["still there goes against the matrix", log(), ["still-there"], 1],
    [
      "let in by another role goes against it",
      log(swap("roles/run.admin")),
      ["granted checkout-sa", "still-otherwise"],
      2,
    ],
    ["with a role that opens nothing is gone", log(swap("roles/run.viewer")), ["gone"], 0],
    [
      "of a policy that is known too late is not known to be gone",
      [policy("2026-10-25T00:00:00Z", [])],
      ["unknown", "no-predecessor", "expiry-unknown"],
      0,
    ],
  ])("%s", (_, entries, expected, against) => {
    const report = reportOf(entries, { history: always(until) });
    expect([seen(report), report.summary.against]).toEqual([expected, against]);
    if (expected[0] === "unknown") expect(report.expiries[0]?.notThereFrom).toBe("2026-10-25T00:00:00Z");
  });
});

describe("a baseline that was read while something happened", () => {
  const at = (second: number): string => `2026-09-30T00:00:0${second}Z`;

  test("holds what came before an entry that it holds, a deployment too", () => {
    const log = [
      run(at(1), "CreateService", { service: {} }),
      policy(at(2), [EVE]),
      policy(at(3), [CHECKOUT]),
      add(DANA),
    ];
    const report = reportOf(log, { history: always(declared), baseline, from: instant(at(0)) });
    expect(seen(report)).toEqual(["granted dana"]);
  });

  test("and that may hold half of one is a gap", () => {
    const half = set(at(5), [
      ["ADD", INVOKER, CHECKOUT],
      ["ADD", INVOKER, EVE],
    ]);
    const early = { ...baseline, startedAt: at(0) };
    const report = reportOf([half], { history: always(declared), baseline: early, from: instant(at(0)) });
    expect(report.gaps.map(({ kind }) => kind)).toContain("no-predecessor");
  });
});

test("levels are those of every version in force, and where the accounts of callers live", () => {
  const history = historyOf([
    { at: "2026-10-10", text: declared },
    { at: "2026-09-01", text: declared.replace("acme-prod", "acme-old") },
    { at: "2026-08-01", text: declared.replace("acme-prod", "acme-oldest") },
  ]);
  const { levels } = levelsInForce({
    environment: "prod",
    from: instant("2026-10-01"),
    to: instant("2026-11-01"),
    history,
    judgeNow: () => undefined,
    snapshots: [],
  });
  expect(levels).toEqual(["projects/acme-old", "projects/acme-prod"]);
  const callers = always(
    `${declared}callers: { ci: { serviceAccount: ci@ci.acme.example.iam.gserviceaccount.com } }\n`,
  );
  const request = { environment: "prod", from: instant("2026-10-01"), to: instant("2026-11-01"), snapshots: [] };
  expect(levelsInForce({ ...request, history: callers, judgeNow: () => undefined }).levels).toContain(
    "projects/acme.example:ci",
  );
  // What was granted in a project while it was of the environment is told.
  const old = LEDGER.replace("acme-prod", "acme-old");
  const told = (day: string): number =>
    reportOf([set(`2026-10-${day}T00:00:00Z`, [["ADD", INVOKER, DANA]], { on: old })], { history }).summary.against;
  expect([told("05"), told("15")]).toEqual([1, 0]);
});

test("a level that nobody covered is a gap wherever it is", () => {
  const gap = {
    kind: "not-covered",
    resource: "projects/elsewhere",
    from: null,
    to: null,
    message: "x",
    help: null,
  } as const;
  expect(seen(reportOf([], { history: always(declared), gaps: [gap] }))).toEqual(["not-covered"]);
});

test("a page of an answer is a gap, and so is one without entries", () => {
  for (const text of ['{"entries":[],"nextPageToken":"x"}', '{"nextPageToken":"x"}']) {
    const read = readLog(text, "page.json");
    if ("problem" in read) throw new Error(read.problem);
    expect(read.items).toEqual([]);
    const report = reportOf([], { history: always(declared), logs: [{ name: "page.json", ...read }] });
    expect(seen(report)).toEqual(["level-not-read"]);
  }
});

test("who made a grant is not sure where an entry may be missing, and what was not understood is said", () => {
  const strange = run("2026-10-07T00:00:00Z", "ShareService", {});
  const log = [policy("2026-10-01T00:00:00Z", []), policy("2026-10-05T00:00:00Z", [DANA]), strange];
  const timeline = replayLogs([{ name: "log", items: log, badLines: 0 }], undefined);
  const made = attribute(timeline, { resource: LEDGER, role: INVOKER, member: DANA, condition: null });
  expect([made?.isSure, timeline.gaps.map(({ kind }) => kind)]).toEqual([false, ["not-understood", "no-predecessor"]]);
});
