import { describe, expect, test } from "vitest";
import type { ServiceRecord } from "../../src/snapshot/snapshot.ts";
import { bind, group } from "../access/tiny-world.ts";
import { invoker, live, NUMBER, sa, world } from "../drift/live-world.ts";
import { type Asking, explained, shop } from "./explained.ts";

const web = live("web");
const other = live("other");
const pay = (bindings = [invoker(sa("web"))], fields: Parameters<typeof live>[2] = {}): ServiceRecord =>
  live("pay", bindings, { ingress: "all", ...fields });
const url = `https://pay-${NUMBER}.europe-west1.run.app`;

/** The shop as it runs, with another pay. */
function running(paying: ServiceRecord | undefined, rest: Partial<Parameters<typeof world>[0]> = {}): Asking {
  return { snapshot: world({ services: [web, other, ...(paying === undefined ? [] : [paying])], ...rest }) };
}

const good = running(pay(undefined, { urls: [url] }));

describe("an answer", () => {
  test("where all is well needs no cause, and shows edge and path", () => {
    const report = explained(good);
    expect(report).toMatchObject({
      answer: "allowed",
      declared: true,
      causes: [],
      unchecked: [],
      edges: [
        { key: "web -> pay", reason: "Charges the card", ticket: "SEC-1", reviewed: "2026-10-01", callerSet: null },
      ],
      regions: [{ region: "europe-west1", state: "present", verdict: "allowed" }],
      paths: [{ standing: "declared", principal: sa("web"), hops: [{ role: "roles/run.invoker", level: "service" }] }],
    });
  });

  test("of the matrix alone says what it could not look at", () => {
    expect(explained({})).toMatchObject({ answer: "allowed", live: null, causes: [], unchecked: [], paths: [] });
    const asked = explained({ status: 404 });
    expect(asked.causes).toEqual([]);
    expect(asked.unchecked.map(({ id }) => id)).toEqual([
      "callee-absent",
      "not-read",
      "default-url-off",
      "ingress",
      "own-answer",
    ]);
    const no = explained({ caller: "other" });
    expect([no.answer, no.causes[0]?.id, no.causes[0]?.likelihood]).toEqual(["denied", "not-declared", "certain"]);
  });

  test("names the sets of an edge, and whoever calls through one", () => {
    const matrix = shop
      .replace("web -> pay:", "shops -> pay:")
      .replace("trust:", "sets: { shops: [web, other] }\ntrust:");
    expect(explained({ matrix }).edges).toMatchObject([{ key: "shops -> pay", callerSet: "shops", calleeSet: null }]);
  });

  test("of somebody whom the matrix does not name stands on what is live", () => {
    const person = "user:eve@acme.example";
    const report = explained({
      snapshot: world({
        services: [web, pay([invoker("group:devs@acme.example")])],
        groups: [group("devs@acme.example", [person])],
      }),
      caller: person,
    });
    expect(report).toMatchObject({
      answer: "allowed",
      declared: false,
      edges: [],
      caller: { key: null, kind: "principal" },
    });
    expect(report.paths.map(({ standing }) => standing)).toContain("undeclared");
  });

  test("hangs on a group whose members were not read", () => {
    const report = explained({
      snapshot: world({
        services: [web, pay([invoker("group:devs@acme.example")])],
        groups: [group("devs@acme.example", { status: "denied", reason: "403" })],
      }),
    });
    expect(report).toMatchObject({ answer: "unknown", groups: ["group:devs@acme.example"] });
    expect(report.causes.find(({ id }) => id === "not-read")?.fix).toMatch(/--groups/);
    expect(report.causes.find(({ id }) => id === "no-binding")?.likelihood).toBe("likely");
  });

  test("says that a previous account may still call", () => {
    const old = "old@acme-prod.iam.gserviceaccount.com";
    const matrix = shop.replace(
      "description: The shop",
      `description: The shop, previousAccounts: [{ email: ${old}, until: 2027-01-31 }]`,
    );
    const moved = {
      matrix,
      snapshot: world({ services: [live("web", [], { account: old }), pay([invoker(`serviceAccount:${old}`)])] }),
    };
    const report = explained({ ...moved, status: 403 });
    expect(report.answer).toBe("allowed");
    expect(report.causes.find(({ id }) => id === "runs-as-another")).toMatchObject({
      likelihood: "possible",
      evidence: [
        expect.stringMatching(/its previous account old@\S+ \(until 2027-01-31\), not as web-sa@.*may call as well/),
      ],
    });
  });

  test("hangs on a proxy before a load balancer, whose policy nobody reads", () => {
    const matrix = shop
      .replace("Takes money", "Takes money, iap: load-balancer, ingress: internal-and-cloud-load-balancing")
      .replace("ticket: SEC-1", "through: iap");
    const snapshot = world({ services: [web, pay([])] });
    const report = explained({ matrix, snapshot, status: 403 });
    expect(report).toMatchObject({ answer: "unknown", declared: true });
    expect(report.causes.find(({ id }) => id === "iap")).toMatchObject({
      likelihood: "possible",
      evidence: [expect.stringMatching(/load balancer, whose policy was not read/)],
    });
  });

  test("of a job asks for another token", () => {
    const matrix = shop.replace("Takes money", "Takes money, kind: job");
    const jobs = [live("pay", [bind("roles/run.invoker", sa("web"))], { kind: "job" })];
    const report = explained({ matrix, snapshot: world({ services: [web], jobs }), status: 401 });
    expect(report.causes.map(({ id, evidence }) => [id, evidence[0]]).slice(0, 1)).toEqual([
      ["wrong-token", "a job is run through Google's API, which takes an access token and no ID token"],
    ]);
  });
});
