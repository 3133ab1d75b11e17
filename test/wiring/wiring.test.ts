import * as fc from "fast-check";
import { expect, test } from "vitest";
import { callerKinds } from "../../src/callers/registry.ts";
import { rowMembers } from "../../src/matrix/model/row-members.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";
import { OLD, shop } from "./shop.ts";
import { ask, callTo, endpointOf, wired } from "./wired.ts";

test("without a snapshot, a caller is told what follows from the matrix, and nothing about what is live", () => {
  const checkout = wired("checkout", ask(shop));
  expect(checkout).toMatchObject({
    kind: "service",
    owner: "team-checkout",
    principal: sa("checkout"),
    account: { email: email("checkout-sa"), manage: "create", live: null },
    previousAccounts: [{ email: OLD, until: "2027-01-31", isOver: false, sharedWith: [] }],
    runs: [],
    token: { way: "metadata" },
  });
  const billing = callTo("billing", checkout);
  expect(billing).toMatchObject({
    role: "roles/run.invoker",
    reason: "Charges cards",
    expires: "2027-06-30",
    notes: [],
  });
  expect(billing).toMatchObject({ credential: "id-token", header: "Authorization: Bearer ID_TOKEN" });
  const url = "https://billing-111111111111.europe-west1.run.app";
  expect(endpointOf(billing)).toEqual({
    region: "europe-west1",
    url,
    audience: url,
    source: "matrix",
    audiences: [],
    command: `curl -sS -H 'Metadata-Flavor: Google' 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=${encodeURIComponent(url)}'`,
    settings: [],
    live: null,
    letsIn: [],
    notes: [],
  });
});

test("every kind of callee says what it takes", () => {
  const checkout = wired("checkout", ask(shop));
  const job = callTo("settle", checkout);
  expect([job.credential, job.header]).toEqual(["access-token", "Authorization: Bearer ACCESS_TOKEN"]);
  expect(endpointOf(job)).toMatchObject({
    url: "https://run.googleapis.com/v2/projects/acme-prod/locations/europe-west1/jobs/settle:run",
    audience: null,
    command: expect.stringMatching(/service-accounts\/default\/token$/),
  });
  const status = callTo("status", checkout);
  expect([status.credential, endpointOf(status).audience]).toEqual(["id-token", endpointOf(status).url]);
  expect(status.notes).toEqual(["it is public: calls without a token get in as well"]);
  expect(callTo("desk", checkout).notes.join()).toMatch(/stands on the service and checks this call first/);
  expect(callTo("soon", checkout).notes.join()).toMatch(/planned here/);
  expect(callTo("seen", checkout).notes.join()).toMatch(/synth grants nothing/);
});

test("an edge through Identity-Aware Proxy asks for no token of the service; an edge that is over is left out and named", () => {
  const oncall = wired("oncall", ask(shop));
  const desk = callTo("desk", oncall);
  expect(desk).toMatchObject({ through: "iap", credential: "proxy", header: null });
  expect(endpointOf(desk)).toMatchObject({ audience: null, command: null });
  expect(desk.role).toBe("roles/iap.httpsResourceAccessor");
  expect(desk.notes.join()).toMatch(/open it in the browser.*iap\.httpsResourceAccessor/);
  expect(oncall.calls?.map(({ callee }) => callee)).toEqual(["desk"]);
  expect(oncall.leftOut).toEqual([{ callee: "billing", why: "expired", expires: "2026-10-31" }]);
  // The proxy calls as its own agent.
  const agent = "serviceAccount:service-111111111111@gcp-sa-iap.iam.gserviceaccount.com";
  const passes = live("desk", [invoker(agent)], {
    ingress: "all",
    iapEnabled: true,
    iapBindings: [{ role: "roles/iap.httpsResourceAccessor", members: ["group:oncall@acme.example"] }],
  });
  const open = wired("oncall", ask(shop, world({ services: [passes] })));
  expect(endpointOf(callTo("desk", open)).letsIn).toMatchObject([{ verdict: "allowed", previous: false }]);
});

test("with a snapshot, URLs and audiences are those that were read, and never more than a URL", () => {
  const one = matrix(`
services: { checkout: {}, billing: {} }
trust: { checkout -> billing: Charges cards }
`);
  const derived = "https://billing-111111111111.europe-west1.run.app";
  const legacy = "https://billing-abc123-ew.a.run.app";
  const told = (fields: Parameters<typeof live>[2], text = one): object =>
    endpointOf(
      callTo(
        "billing",
        wired(
          "checkout",
          ask(text, world({ services: [live("billing", [invoker(sa("checkout"))], fields), live("checkout")] })),
        ),
      ),
    );
  expect(told({ urls: [legacy, derived] })).toMatchObject({ url: derived, audience: derived, source: "snapshot" });
  expect(told({ urls: [legacy] })).toMatchObject({ url: legacy, audience: legacy, source: "snapshot" });
  expect(told({ audiences: ["billing.acme.example"] })).toMatchObject({
    url: derived,
    source: "matrix",
    audiences: ["billing.acme.example"],
  });
  expect(told({ urls: [derived], defaultUrlDisabled: true })).toMatchObject({
    url: null,
    audience: derived,
    notes: [expect.stringMatching(/run\.app URL is off/)],
  });
  // Whoever is at a URL gets the token: one that is another's is not taken, and that is said.
  const others = ["https://evil.example", "https://evil-111111111111.europe-west1.run.app", `${derived}/x`];
  for (const urls of [["https://x.run.app/$(reboot)", "javascript:alert(1)", `${legacy}\nA=b`], others])
    expect(told({ urls })).toMatchObject({
      url: derived,
      source: "matrix",
      notes: [expect.stringMatching(/no URL that is its own/)],
    });
  const noNumber = one.replace(', number: "111111111111"', "");
  expect(told({}, noNumber)).toMatchObject({
    url: null,
    audience: null,
    command: null,
    notes: [expect.stringMatching(/project's number/)],
  });
  expect(told({ urls: [legacy] }, noNumber)).toMatchObject({ url: legacy });
});

test("a call that its ingress stops is told to, and so is a name that reads as a tag of another service", () => {
  const notesOf = (caller: string, callee: string): string => {
    const text = matrix(`
services: { inside: { ingress: internal }, lobby: { ingress: internal-and-cloud-load-balancing }, open: { ingress: all }, canary---open: { ingress: all } }
callers: { ci: { github: { ownerId: "1", repository: acme/shop, branch: main } }, vm: { compute: {} } }
trust: { "ci -> inside": Tests, ci -> lobby: Tests, ci -> open: Tests, vm -> inside: Calls, ci -> canary---open: Tests }
`);
    const call = callTo(callee, wired(caller, ask(text)));
    return [...call.notes, ...endpointOf(call).notes].join();
  };
  expect(notesOf("ci", "inside")).toMatch(/ingress is internal: calls from the internet get 404/);
  expect(notesOf("ci", "lobby")).toMatch(/at its load balancer alone/);
  expect([notesOf("ci", "open"), notesOf("vm", "inside")]).toEqual(["", ""]);
  expect(notesOf("ci", "canary---open")).toMatch(/a tag and a service/);
});

test("a proxy on a load balancer is not at the service's URL, and its grant names the project", () => {
  const text = matrix(`
services: { desk: { iap: load-balancer, ingress: internal-and-cloud-load-balancing } }
callers: { ana: { user: ana@acme.example } }
trust: { ana -> desk: { reason: Helps, through: iap, reviewed: 2026-10-01 } }
`);
  const desk = callTo("desk", wired("ana", ask(text)));
  expect(endpointOf(desk)).toMatchObject({ url: null, notes: [expect.stringMatching(/address of its load balancer/)] });
  expect(desk.notes.join()).toMatch(/--service BACKEND --project acme-prod --role/);
});

test("every kind of caller has a way to a token: a command, or a setting", () => {
  const details: Readonly<Record<string, string>> = {
    serviceAccount: "nightly@acme-batch.iam.gserviceaccount.com",
    group: "oncall@acme.example",
    user: "ana@acme.example",
    gke: "{ namespace: a, serviceAccount: b }",
    aws: '{ account: "123456789012", role: r }',
    github: '{ ownerId: "1", repository: acme/shop }',
    gitlab: '{ namespaceId: "987", project: acme/shop }',
    oidc: '{ issuer: "https://issuer.example", audience: m, subject: s }',
    spiffe: '{ trustDomain: acme.internal, path: /a, issuer: "https://spire.example" }',
  };
  const told = Object.keys(callerKinds).map((kind) => {
    const text = matrix(`
services: { billing: { ingress: all } }
callers: { them: { ${kind}: ${details[kind] ?? "{}"} } }
trust: { them -> billing: { reason: Calls, reviewed: 2026-10-01 } }
`);
    const them = wired("them", ask(text));
    const { command } = endpointOf(callTo("billing", them));
    expect(them.token.how.length).toBeGreaterThan(30);
    return `${kind}: ${them.token.way} ${command === null ? "-" : command.replace(/^(\w+).*?([\w-]*[iI]d(?:entity|)[-T]\w+|identity\?).*$/s, "$1 $2")}`;
  });
  expect(told).toMatchInlineSnapshot(`
    [
      "serviceAccount: impersonation gcloud generateIdToken",
      "group: person gcloud print-identity-token",
      "user: person gcloud print-identity-token",
      "gke: metadata curl identity?",
      "aws: federation gcloud generateIdToken",
      "github: federation gcloud generateIdToken",
      "gitlab: federation gcloud generateIdToken",
      "oidc: federation gcloud generateIdToken",
      "spiffe: federation gcloud generateIdToken",
      "scheduler: setting -",
      "tasks: setting -",
      "pubsub: setting -",
      "eventarc: setting -",
      "workflows: setting -",
      "build: metadata curl identity?",
      "api-gateway: setting -",
      "compute: metadata curl identity?",
      "functions: metadata curl identity?",
      "appengine: metadata curl identity?",
    ]
  `);
});

test("whom a caller may call, over all callers, is who stands in the rows", () => {
  const names = ["a", "b", "c", "d"].map((each) => `service-${each}`);
  const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => `${from} -> ${to}`));
  const days = fc.constantFrom("", ", expires: 2026-01-31", ", expires: 2027-01-31");
  fc.assert(
    fc.property(fc.subarray(pairs), days, fc.boolean(), (edges, end, isMoving) => {
      const old = isMoving ? ` previousAccounts: [{ email: ${OLD}, until: 2027-01-31 }] ` : "";
      const trust = edges.map((edge) => `  ${edge}: { reason: Calls${end} }\n`).join("");
      const text = matrix(
        `services:\n${names.map((each) => `  ${each}: {${old}}\n`).join("")}trust:${trust === "" ? " {}" : `\n${trust}`}`,
      );
      const question = ask(text);
      const rows = [...rowMembers(question.world, question.matrix.asOf)].flatMap(([callee, members]) =>
        members.map(({ principal, caller }) => `${caller} ${principal} ${callee}`),
      );
      const told = names.flatMap((key) => {
        const caller = wired(key, question);
        const open = caller.previousAccounts
          .filter(({ isOver }) => !isOver)
          .map(({ email: each }) => `serviceAccount:${each}`);
        return (caller.calls ?? []).flatMap(({ callee }) =>
          [caller.principal, ...open].map((each) => `${key} ${each} ${callee}`),
        );
      });
      // Where all share one old account, a row holds it once.
      const distinct = (lines: readonly string[]): readonly string[] =>
        [...new Set(lines.map((line) => (line.includes(OLD) ? line.replace(/^\S+/, "*") : line)))].sort();
      expect(distinct(told)).toEqual(distinct(rows));
    }),
    { numRuns: 40 },
  );
});
