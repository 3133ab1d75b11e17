import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Grid } from "../../src/ask/grid.ts";
import type { DriftReport } from "../../src/drift/drift-report.ts";
import { renderPage } from "../../src/page/render-page.ts";
import { pageVerdict } from "../../src/page/verdict.ts";
import { createFilter, noFilter } from "../../src/page/script/filter.ts";
import { readModel } from "../../src/page/script/model.ts";
import { followLink, linkTo } from "../../src/page/script/selection.ts";
import { folderOf } from "../cli/answer.ts";
import { editSnapshot } from "../cli/edit-snapshot.ts";
import { findingOf, reportOf, unreadOf } from "../report/drift/fixture.ts";
import { contentsOf, dataIn, pageOf } from "./page-of.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const withSnapshot = ["--snapshot", "matrix.example.snapshot.json"];

describe("a report page", () => {
  let made: Awaited<ReturnType<typeof pageOf>>;
  beforeAll(async () => {
    made = await pageOf(root, ...withSnapshot);
  });

  test("lets nothing load or run but what its policy names by hash", () => {
    const { page } = made;
    const [policy = ""] = [...page.matchAll(/Content-Security-Policy" content="([^"]*)"/g)].map(([, text = ""]) =>
      text.replaceAll("&#39;", "'").replaceAll("&#61;", "="),
    );
    const hash = (content = ""): string => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
    const [style] = contentsOf(page, "style");
    const [script] = contentsOf(page, "script");
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/<[^>]*\s(?:on\w+|style|src|srcset|action)=/);
    expect(page).not.toMatch(/<(?:link|iframe|object|embed|base|img|img)\b/);
    expect([...page.matchAll(/<(?:a|area)[^>]*href="([^"]*)"/g)].every(([, href = ""]) => href.startsWith("#"))).toBe(
      true,
    );
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|localStorage|sessionStorage|fetch\(|Date/,
    );
    expect(style).not.toMatch(/url\(|@import|@font-face/);
  });

  test("is the same bytes for the same input, and knows no clock", async () => {
    expect((await pageOf(root, ...withSnapshot)).page).toBe(made.page);
    expect(made.code).toBe(0);
  });

  test("can be read without its script: verdict, findings, pairs", () => {
    const [, readable = ""] = /<main>(.*)<\/main>/s.exec(made.page) ?? [];
    expect(readable).toMatch(/<h1 id="verdict">.*18 findings: 10 errors, 8 warnings<\/h1>/s);
    expect(readable).toContain("2026-11-22 05:59:48 to 06:00:00 UTC");
    expect(readable).toContain("13184b0917c4b62eeb6229a2c2e9746b4c62662ada85c77c4adc1008dbe651dd");
    expect([...readable.matchAll(/<article class="finding"/g)]).toHaveLength(18);
    expect(readable).toContain("Charges the card when an order is placed");
    expect(readable).toContain("SEC-1423");
    expect([...readable.matchAll(/<th scope="row">/g)]).toHaveLength(
      dataIn(made.page).cells.length + dataIn(made.page).callees.length + dataIn(made.page).callers.length,
    );
  });

  test("says that the answer is not complete, and ends with 3", async () => {
    const snapshot = editSnapshot(
      'service("paymentservice").policy = { status: "denied", reason: "<b>not allowed</b>" };',
    );
    const example = readFileSync(`${root}matrix.example.yaml`, "utf8");
    const cwd = folderOf({ "matrix.example.yaml": example, "unread.json": snapshot });
    const { code, page, stderr } = await pageOf(cwd, "--snapshot", "unread.json");
    expect(code).toBe(3);
    expect(stderr).toBe("not everything could be read: the page says what is missing\n");
    expect(page).toContain("Not everything could be read: the answer is not complete");
    expect(page).toContain("&lt;b&gt;not allowed&lt;/b&gt;");
    expect(page).not.toContain("<b>not allowed");
  });

  test.each<readonly [string, string, DriftReport | null]>([
    ["declared", "Only the matrix was looked at", null],
    ["agree", "Reality agrees with the matrix", reportOf({})],
    [
      "agree",
      "Reality agrees with the matrix",
      reportOf({ findings: [findingOf({ accepted: "EX-1" }), findingOf({ pending: true })] }),
    ],
    [
      "differ",
      "2 findings: 1 error, 1 warning",
      reportOf({ findings: [findingOf({}), findingOf({ severity: "warning" })] }),
    ],
    ["incomplete", "Not everything could be read: the answer is not complete", reportOf({ unread: [unreadOf({})] })],
    ["incomplete", "Not everything could be read: the answer is not complete", reportOf({ complete: false })],
    [
      "incomplete",
      "Nothing was compared: no service was found",
      reportOf({ summary: { ...reportOf({}).summary, services: 0 } }),
    ],
  ])("begins with what it comes to: %s, %s", (tone, sentence, report) => {
    expect(pageVerdict(report)).toMatchObject({ tone, sentence });
  });

  test("tells what else there is beside agreement", () => {
    const findings = [findingOf({ accepted: "EX-1" }), findingOf({ pending: true })];
    expect(pageVerdict(reportOf({ findings })).note).toContain(
      "1 more is accepted by exceptions; 1 more waits for a change to arrive",
    );
  });

  test("shows hostile names, and obeys none", () => {
    const name = `</script><img src=x onerror=alert(1)>"'\u202e\u2028<!--`;
    const page = renderPage({ grid: hostileGrid(name), report: null, history: null, picture: null, version: "0" });
    expect(page).not.toContain("<img");
    expect(page).not.toMatch(/\u202e|\u2028/);
    expect([...page.matchAll(/<\/script/g)]).toHaveLength(2);
    expect(dataIn(page).callees[0]?.id).toBe(name.replace("\u202e", "\\u{202e}").replace("\u2028", "\\u{2028}"));
  });
});

describe("the grid of a page", () => {
  let model: ReturnType<typeof readModel>;
  beforeAll(async () => {
    model = readModel(dataIn((await pageOf(root, ...withSnapshot)).page));
  });
  const shown = (filter: Partial<typeof noFilter>) => {
    const { callers, callees, lit } = createFilter(model)({ ...noFilter, ...filter });
    return {
      callers: callers.map((each) => model.caller(each).id),
      callees: callees.map((each) => model.callee(each).id),
      lit,
    };
  };

  test("shows everything but Google's own agents", () => {
    const all = shown({});
    expect(all.callees).toHaveLength(model.data.callees.length);
    expect(all.callers).not.toContain(
      "serviceAccount:service-111111111111@serverless-robot-prod.iam.gserviceaccount.com",
    );
    expect(all.lit).toBe(model.data.cells.filter(([, , state]) => state !== "managed").length);
  });

  test("is filtered by state, finding, owner, label and words", () => {
    expect(shown({ states: new Set(["missing"]) })).toEqual({
      callers: ["checkoutservice"],
      callees: ["emailservice"],
      lit: 1,
    });
    expect(shown({ rule: "undeclared-caller-other-role" })).toEqual({
      callers: ["group:contractors@boutique.example"],
      callees: ["paymentservice"],
      lit: 1,
    });
    expect(shown({ rule: "ingress-differs" }).callees).toEqual(["shippingservice"]);
    expect(shown({ search: "SEC-1423" })).toMatchObject({ callees: ["paymentservice"], lit: 1 });
    expect(shown({ label: "data=pci" }).callees).toEqual(expect.arrayContaining(["paymentservice", "ledger"]));
    expect(shown({ owner: "team-sre" }).callers).toEqual(["oncall"]);
    expect(shown({ search: "nobody has this name" })).toEqual({ callers: [], callees: [], lit: 0 });
  });

  test("every pair, service and caller has a link that leads back to it", () => {
    for (const [caller] of model.data.callers.entries())
      for (const [callee] of model.data.callees.entries()) {
        expect(followLink(model, linkTo(model, { caller, callee }))).toEqual({ caller, callee });
        expect(followLink(model, linkTo(model, { caller: null, callee }))).toEqual({ caller: null, callee });
      }
    for (const hash of ["", "#", "#pair/%/x", "#pair/nobody/ledger", "#service/", "#findings"])
      expect(followLink(model, hash)).toBeUndefined();
  });
});

function hostileGrid(name: string): Grid {
  const span = { file: name, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const edge = { reason: name, owner: name, ticket: name, expires: null, reviewed: null, through: null, span } as const;
  const member = { owner: name, description: name, labels: { [name]: name }, span };
  const service = {
    kind: "service",
    project: name,
    regions: [name],
    undeclaredRegions: [name],
    name,
    account: name,
    ingress: null,
    mode: null,
  } as const;
  const rest = { stage: null, public: { reason: name, via: "allUsers" }, iap: null, sensitive: true } as const;
  return {
    environment: name,
    matrix: name,
    asOf: "2026-11-22T00:00:00Z",
    live: null,
    callees: [{ id: name, key: name, ...member, ...service, ...rest }],
    callers: [{ id: name, key: null, kind: "principal", workload: name, principal: name, ...member }],
    cells: [
      {
        callee: name,
        caller: name,
        state: "declared",
        edges: [{ key: name, environment: name, holds: "yes", ...edge }],
        rows: [],
        verdict: null,
        as: name,
        sets: [name],
        findings: [],
      },
    ],
    findings: [],
  };
}
