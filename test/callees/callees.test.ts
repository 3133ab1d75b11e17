import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { valueOf } from "../../src/snapshot/value-of.ts";
import { kindByMarks } from "../../src/callees/callee-of.ts";
import { calleeKinds } from "../../src/callees/registry.ts";
import { builtInRole } from "../../src/gcp/builtin-roles.ts";
import { roleOf } from "../access/tiny-world.ts";
import { driftOf } from "../drift/drift-of.ts";
import { email, live, sa, world } from "../drift/live-world.ts";
import { root } from "../docs/markdown.ts";
import { readRows } from "../synth/read-rows.ts";
import { synthesizeOne } from "../synth/synthesize.ts";
import { ask, callTo, wired } from "../wiring/wired.ts";

const kinds = Object.entries(calleeKinds);

describe("the registry of kinds of callees", () => {
  test.each(kinds)("%s: its roles open it or do not, by Google's own table", (name, definition) => {
    const { kind, permission, roles, resource, collection } = definition;
    expect([kind, collection]).toEqual([name, `${resource}s`]);
    const holds = (role: string): boolean | undefined => valueOf(builtInRole(role))?.includes(permission);
    expect([holds(roles.usual), holds(roles.narrow), holds("roles/run.invoker")]).toEqual([true, true, true]);
    expect(holds(roles.misfit.role)).toBe(false);
    expect(holds("roles/cloudfunctions.invoker") ?? false).toBe(false);
  });

  test("tells what runs by its marks; without any it is the resource that it runs as", () => {
    const marks = { "goog-managed-by": "cloudfunctions" };
    expect(kindByMarks("services", marks, {})).toBe("function");
    expect(kindByMarks("services", {}, { "cloudfunctions.googleapis.com/trigger-type": "x" })).toBe("function");
    expect(kindByMarks("services", { "goog-managed-by": "somebody-else" }, {})).toBe("service");
    // No marks make a function of a job.
    expect(kindByMarks("jobs", marks, {})).toBe("job");
  });

  test("is what everything asks: nobody tells jobs and functions apart by name", () => {
    const files = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const asking = files.filter((name) =>
      /\b(?:kind|callee) [!=]== "(?:job|function)"/.test(readFileSync(join(root, "src", name), "utf8")),
    );
    expect(asking).toEqual([]);
  });
});

const text = `
version: 1
environments:
  prod:
    regions: [europe-west1]
    projects:
      core: { id: acme-prod, number: "111111111111" }
      data: { id: acme-data, number: "222222222222" }
services:
  orders: {}
  thumbnails: { kind: function }
  settlement: { kind: job }
  ledger: { project: data, regions: [europe-west1, us-central1] }
  partner: {}
  backoffice: { ingress: all, iap: service }
  console: { ingress: internal-and-cloud-load-balancing, iap: load-balancer }
callers:
  support: { group: support@acme.example }
trust:
  orders -> thumbnails: Scales pictures
  orders -> settlement: Starts it when the day ends
  orders -> ledger: Books orders
  orders -> partner: Tells partners
  support -> backoffice: { reason: Handles tickets, through: iap, reviewed: 2026-10-01 }
  support -> console: { reason: Looks, through: iap, reviewed: 2026-10-01 }
`;

describe("callees of every kind", () => {
  test("have their row where Google looks: a function that of its service, in each project and region", () => {
    const rows = readRows("prod", synthesizeOne(text));
    const rowsOf = rows.map(({ kind, project, region, name, principals }) => [
      `${kind} ${project}/${region}/${name}`,
      principals.join(),
    ]);
    const agent = "serviceAccount:service-111111111111@gcp-sa-iap.iam.gserviceaccount.com";
    expect(Object.fromEntries(rowsOf)).toEqual({
      "service acme-prod/europe-west1/orders": "",
      "service acme-prod/europe-west1/thumbnails": sa("orders"),
      "job acme-prod/europe-west1/settlement": sa("orders"),
      "service acme-data/europe-west1/ledger": sa("orders"),
      "service acme-data/us-central1/ledger": sa("orders"),
      "service acme-prod/europe-west1/partner": sa("orders"),
      "service acme-prod/europe-west1/backoffice": agent,
      "service acme-prod/europe-west1/console": agent,
    });
  });

  test("are called where they are, with the token that they take", () => {
    const caller = wired("orders", ask(text));
    const wiring = (caller.calls ?? []).map(({ callee, credential, endpoints }) => [
      callee,
      credential,
      ...endpoints.map(({ url, audience }) => (url === audience ? url : [url, audience])),
    ]);
    const run = "https://run.googleapis.com/v2/projects/acme-prod/locations/europe-west1/jobs/settlement:run";
    expect(wiring).toEqual([
      [
        "ledger",
        "id-token",
        "https://ledger-222222222222.europe-west1.run.app",
        "https://ledger-222222222222.us-central1.run.app",
      ],
      ["partner", "id-token", "https://partner-111111111111.europe-west1.run.app"],
      ["settlement", "access-token", [run, null]],
      ["thumbnails", "id-token", "https://thumbnails-111111111111.europe-west1.run.app"],
    ]);
    const [atProxy] = callTo("backoffice", wired("support", ask(text))).endpoints;
    expect(atProxy).toMatchObject({ audience: null, url: "https://backoffice-111111111111.europe-west1.run.app" });
  });

  test("are judged live by the policy that decides", () => {
    const function2 = (role: string): ReturnType<typeof live> =>
      live("thumbnails", [{ role, members: [sa("orders")] }], {
        kind: "function",
        account: email("thumbnails-sa"),
        urls: ["https://thumbnails-abc-ew.a.run.app"],
        audiences: ["https://pictures.acme.example"],
      });
    const only = `${text.slice(0, text.indexOf("services:"))}
services: { orders: {}, thumbnails: { kind: function } }
trust: { orders -> thumbnails: Scales pictures }
`;
    const found = (role: string): readonly string[] =>
      driftOf(
        only,
        world({
          services: [live("orders"), function2(role)],
          others: { "acme-data": [] },
          roles: [roleOf("roles/cloudfunctions.invoker", [])],
        }),
      ).findings.map(({ rule }) => rule);
    expect(found("roles/run.invoker")).not.toContain("declared-caller-missing");
    expect(found("roles/cloudfunctions.invoker")).toContain("declared-caller-missing");

    const snapshot = world({ services: [live("orders"), function2("roles/run.invoker")] });
    const [endpoint] = callTo("thumbnails", wired("orders", ask(only, snapshot))).endpoints;
    expect(endpoint).toMatchObject({
      source: "snapshot",
      url: "https://thumbnails-abc-ew.a.run.app",
      audience: "https://thumbnails-abc-ew.a.run.app",
      audiences: ["https://pictures.acme.example"],
      letsIn: [{ verdict: "allowed" }],
    });
  });
});
