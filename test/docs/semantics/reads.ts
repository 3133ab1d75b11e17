import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { evaluateAccess } from "../../../src/access/evaluate-access.ts";
import { dataReadPatterns, isAllowed } from "../../../src/gcp/allowed-requests.ts";
import { neededPermissions } from "../../../src/gcp/permissions-needed.ts";
import { snapshotDigest } from "../../../src/snapshot/seal-snapshot.ts";
import { ana, invoker, ops, web } from "../../access/example.ts";
import { examples } from "../../access/examples.ts";
import { bind, NOON, roleOf, service, world } from "../../access/tiny-world.ts";
import { account, grants, makeWorld, project, service as cloudService } from "../../cloud/world.ts";
import { read, world as cloudWorld } from "../../gcp/read-once.ts";
import { readPage, root } from "../markdown.ts";
import { type Claims, leads } from "./claims.ts";

const conditional = { role: invoker, members: [ana], condition: { title: "until", expression: "request.time < x" } };
const silent = (): ReturnType<typeof cloudWorld> => cloudWorld({ unreachable: ["europe-west1"] });

export const isRead: Claims = {
  "The page about [permissions](permissions.md) lists every request. Any other is refused before it is sent.": () => {
    const page = readPage("docs/permissions.md").text;
    for (const { request } of neededPermissions) expect(page).toContain(`\`${request}\``);
    const odd = { list: "data", method: "GET", api: "run", path: "v2/projects/p/locations/r/workerPools" } as const;
    expect(isAllowed(odd)).toBe(false);
    expect(isAllowed({ ...odd, path: "v2/projects/p/locations/r/services" })).toBe(true);
  },
  "Nothing is changed: a request is a GET, or a POST to `getIamPolicy` or, for audit logs, to `entries:list`.": () => {
    const others = dataReadPatterns().filter(
      ({ method, path }) => method !== "GET" && !(method === "POST" && /:(?:getIamPolicy|list)\$$/.test(path.source)),
    );
    expect(others).toEqual([]);
    expect(dataReadPatterns().length).toBeGreaterThan(20);
  },
  "Policies are read where they hang, at version 3, so that their conditions are seen.": async () => {
    const policy = { bindings: [conditional] };
    const { snapshot, record } = await read(
      cloudWorld({ policy, services: [cloudService("web", { policy })], accounts: [] }),
    );
    const held = { status: "read", value: { bindings: [conditional] } };
    expect(snapshot.containers.find(({ resource }) => resource === "projects/acme")?.policy).toMatchObject(held);
    expect(record.services).toMatchObject({ value: [{ policy: held }] });
  },
  "Every folder and the organization above a project is asked for its policy, its deny policies and their rules.":
    async () => {
      const { cloud, snapshot } = await read(cloudWorld());
      expect(snapshot.containers.map(({ resource }) => resource)).toEqual(["organizations/111", "projects/acme"]);
      const paths = cloud.requests.map(({ path }) => path);
      expect(paths).toContain("/v3/organizations/111:getIamPolicy");
      expect(paths).toContain("/v2/policies/cloudresourcemanager.googleapis.com%2Forganizations%2F111/denypolicies");
    },
  "Services and jobs are listed in all regions. A region that stays silent makes the list partial.": async () => {
    const { record } = await read(silent());
    expect(record.services).toMatchObject({ status: "partial", reason: expect.stringContaining("europe-west1") });
    expect((await read(cloudWorld())).record.services.status).toBe("read");
  },
  "A service of the matrix that the list lacks is asked for by itself.": async () => {
    const wanted = { project: "acme", region: "europe-west1", name: "absent", kind: "service" } as const;
    const { cloud } = await read(cloudWorld(), { request: { services: [wanted] } });
    expect(cloud.requests.map(({ path }) => path)).toContain(
      "/v2/projects/acme/locations/europe-west1/services/absent",
    );
  },
  "Members of groups are read with `--groups` only, those of groups within them too.": async () => {
    const content = makeWorld({
      ...cloudWorld({ policy: grants([invoker, ops]) }),
      groups: [
        { email: "ops@acme.test", members: ["group:night@acme.test"] },
        { email: "night@acme.test", members: [ana] },
      ],
    });
    const without = await read(content);
    expect(without.cloud.requests.filter(({ api }) => api === "cloudidentity")).toEqual([]);
    expect(without.snapshot.groups).toMatchObject([{ email: "ops@acme.test", members: { status: "failed" } }]);
    const { snapshot } = await read(content, { request: { groups: true } });
    expect(snapshot.groups).toMatchObject([{ members: { status: "read", value: ["group:night@acme.test", ana] } }]);
  },
  "Pools of workload identity are read with their providers, and these with condition, mapping, audiences and a hash of their own keys.":
    async () => {
      const told = { issuer: "https://ci.test", condition: "assertion.sub == 'x'", audiences: ["matrix"] };
      const provider = { id: "github", state: "ACTIVE", ...told, jwksJson: '{ "keys": [] }' } as const;
      const { record } = await read(cloudWorld({ pools: [{ id: "ci", state: "DISABLED", providers: [provider] }] }));
      const mapping = { "google.subject": "assertion.sub" };
      const jwks = createHash("sha256").update('{"keys":[]}').digest("hex");
      const providers = { value: [{ active: true, ...told, mapping, jwks }] };
      expect(record.pools).toMatchObject({ status: "read", value: [{ active: false, providers }] });
    },
  "Where the host of an API was overridden, the snapshot names the host that received the token.": async () => {
    const { snapshot, cloud } = await read(cloudWorld());
    expect(snapshot.endpoints).toMatchObject({ run: cloud.endpoints.run, iam: cloud.endpoints.iam });
  },
  "Everything that was read stands in the snapshot, and the evaluation uses nothing else: no network and no clock.":
    () => {
      for (const { snapshot } of examples.slice(0, 20)) {
        const before = JSON.stringify(snapshot);
        const [one, two] = [0, 1].map(() => JSON.stringify(evaluateAccess(snapshot, { asOf: NOON, indirect: "all" })));
        expect(one).toBe(two);
        expect(JSON.stringify(snapshot)).toBe(before);
      }
    },
  "The snapshot is sealed with a SHA-256 over the rest of it, as JSON without spaces and with its keys in order.":
    () => {
      const text = readFileSync(`${root}matrix.example.snapshot.json`, "utf8");
      const snapshot = JSON.parse(text) as Parameters<typeof snapshotDigest>[0];
      expect(snapshot.sha256).toBe(snapshotDigest(snapshot));
      expect(snapshotDigest({ ...snapshot, reader: "somebody" })).not.toBe(snapshot.sha256);
      const shuffled = Object.fromEntries(Object.entries(snapshot).toReversed()) as unknown as typeof snapshot;
      expect(snapshotDigest(shuffled)).toBe(snapshot.sha256);
    },
  "Of a role only the permissions that matter here are kept.": async () => {
    const content = makeWorld({
      ...cloudWorld({ policy: grants([invoker, ana]) }),
      roles: { [invoker]: ["run.routes.invoke", "run.services.list"] },
    });
    expect((await read(content)).snapshot.roles).toMatchObject([{ permissions: { value: ["run.routes.invoke"] } }]);
  },
};

/** None of these requests may be sent. */
export const refused = (api: "run" | "iam" | "cloudresourcemanager" | "iap", ...paths: readonly string[]): void => {
  for (const path of paths) {
    for (const method of ["GET", "POST"] as const)
      expect(isAllowed({ list: "data", method, api, path }), path).toBe(false);
  }
};

/** No request goes to an API: none of the patterns is one of its own. */
const noCallTo = (...hosts: readonly string[]): void => {
  const known = new Set(dataReadPatterns().map(({ api }) => api));
  expect([...known].sort()).toEqual([
    "cloudidentity",
    "cloudresourcemanager",
    "iam",
    "iap",
    "logging",
    "policyanalyzer",
    "run",
  ]);
  expect(hosts.filter((host) => known.has(host))).toEqual([]);
};

export const isNotRead: Claims = {
  "Who did call: no log of requests and no metric is read; `matrix changes` reads audit logs, of who changed access. When an account last authenticated, which `--activity` reads, decides nothing.":
    async () => {
      noCallTo("recommender", "monitoring");
      const content = cloudWorld({
        accounts: [account("web@acme.iam.gserviceaccount.com", { lastAuthenticated: "2026-11-20T08:00:00Z" })],
      });
      const [mute, telling] = await Promise.all(
        [false, true].map(async (activity) => (await read(content, { request: { activity } })).snapshot),
      );
      if (mute === undefined || telling === undefined) throw new Error("nothing was read");
      expect(telling.accounts).toMatchObject([{ lastAuthenticated: { value: "2026-11-20T08:00:00Z" } }]);
      expect(mute.accounts[0]).not.toHaveProperty("lastAuthenticated");
      expect(evaluateAccess(telling, { asOf: NOON, indirect: "all" })).toEqual(
        evaluateAccess(mute, { asOf: NOON, indirect: "all" }),
      );
    },
  "Principal access boundaries, and the access policies of version 3 of IAM.": () =>
    refused(
      "iam",
      "v3/organizations/1/locations/global/principalAccessBoundaryPolicies",
      "v3/projects/p/locations/global/policyBindings",
      "v3/projects/p/locations/global/accessPolicies",
    ),
  "VPC Service Controls.": () => noCallTo("accesscontextmanager"),
  "Organization policies.": () => {
    noCallTo("orgpolicy");
    refused("cloudresourcemanager", "v1/projects/p:getOrgPolicy", "v1/projects/p:getEffectiveOrgPolicy");
  },
  "Tags on resources, so that a condition on a tag stays undecided.": () =>
    refused("cloudresourcemanager", "v3/tagBindings", "v3/effectiveTags", "v3/tagKeys", "v3/tagValues"),
  "Load balancers, firewalls, and the proxy on a load balancer.": () => {
    noCallTo("compute");
    refused("iap", "v1/projects/1/iap_web/compute/services/2:setIamPolicy", "v1/projects/1/brands");
  },
  "Worker pools and instances of Cloud Run, and functions of the first generation.": () => {
    refused("run", "v2/projects/p/locations/r/workerPools", "v2/projects/p/locations/r/instances");
    noCallTo("cloudfunctions");
  },
  "Workforce pools, and API keys that are bound to an account.": () => {
    refused("iam", "v1/locations/global/workforcePools");
    noCallTo("apikeys");
  },
  "What runs in projects outside of the scope. A service account there is looked up where something names it; its keys, its policy and that of its project only where somebody outside is declared to act as it.":
    async () => {
      const content = makeWorld({
        ...cloudWorld({ policy: grants([invoker, "serviceAccount:spy@beta.iam.gserviceaccount.com"]) }),
        projects: [
          ...cloudWorld({ policy: grants([invoker, "serviceAccount:spy@beta.iam.gserviceaccount.com"]) }).projects,
          project("beta", "1002", {
            services: [cloudService("hidden")],
            accounts: [account("spy@beta.iam.gserviceaccount.com")],
          }),
        ],
      });
      const spy = "/v1/projects/beta/serviceAccounts/spy@beta.iam.gserviceaccount.com";
      const awayOf = ({ cloud }: Awaited<ReturnType<typeof read>>): readonly string[] =>
        cloud.requests.map(({ path }) => decodeURIComponent(path)).filter((path) => path.includes("beta"));
      const once = await read(content);
      expect(awayOf(once)).toEqual([spy]);
      const again = await read(content, { request: { actedAs: ["spy@beta.iam.gserviceaccount.com"] } });
      const home = ["/v3/projects/beta", "/v3/projects/beta:getIamPolicy"];
      expect(new Set(awayOf(again))).toEqual(new Set([spy, `${spy}/keys`, `${spy}:getIamPolicy`, ...home]));
      const { snapshot } = once;
      expect(snapshot.projects.map((each) => each.project)).toEqual(["acme"]);
    },
  "What a service does with a request once it is let in: services themselves are not called.": () => {
    noCallTo("run.app");
    refused("run", "v2/projects/p/locations/r/services/s:invoke", "v2/projects/p/locations/r/jobs/j:run");
  },
  "Ways in by changing deny policies, providers of a pool, or the policies of the proxy.": () => {
    for (const permission of [
      "iam.denypolicies.delete",
      "iam.workloadIdentityPoolProviders.update",
      "iap.webServices.setIamPolicy",
    ]) {
      leads(
        world({
          services: [service("api", { bindings: [bind(invoker, web)] })],
          project: { bindings: [bind("roles/more", ana)] },
          lists: ["web@p1.iam.gserviceaccount.com"],
          roles: [roleOf("roles/more", [permission])],
        }),
      );
    }
  },
};
