import { expect } from "vitest";
import { ana, bound, invoker, ops, subject, web } from "../../access/example.ts";
import { account, bind, read as whole, roleOf, service, world } from "../../access/tiny-world.ts";
import { email, keyOf } from "../../drift/live-world.ts";
import { read, web as cloudWeb, world as cloudWorld } from "../../gcp/read-once.ts";
import { accessOf, type Claims, example, holds, leads, lets, odd } from "./claims.ts";
import { checkout, found, report } from "./shop.ts";

const gke = "serviceAccount:p1.svc.id.goog[web/web]";
const workforce = "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ana";
const robot = "principal://agents.global.org-9.system.id.goog/resources/aiplatform/agent";

async function detailsOf(status: 403 | 404): Promise<unknown> {
  const gone = "gone@acme.iam.gserviceaccount.com";
  const faults = ({ path }: { readonly path: string }) =>
    path.endsWith("/gone%40acme.iam.gserviceaccount.com") || path.endsWith(`/${gone}`) ? status : undefined;
  const { snapshot, cloud } = await read(cloudWorld(), { faults, request: { accounts: [gone] } });
  expect(cloud.requests.filter(({ path }) => path.includes("projects/-/"))).toEqual([]);
  return snapshot.accounts.find((each) => each.email === gone)?.details;
}

export const accounts: Claims = {
  "An account that is disabled keeps its verdict, and is a finding ([`caller-account-disabled`](rules/caller-account-disabled.md)).":
    () => {
      const parts = { billing: [checkout], world: { accounts: [account(email("checkout-sa"), [], true)] } };
      expect(report(parts).access).toMatchObject([{ principal: checkout, verdict: "allowed", declared: true }]);
      expect(found(parts)).toEqual(["warning caller-account-disabled"]);
    },
  "An account is missing where Google answers 404 in the project of its address. The answer 403 means not read, never missing.":
    async () => {
      expect(await detailsOf(404)).toEqual({ status: "read", value: null });
      expect(await detailsOf(403)).toMatchObject({ status: "denied" });
    },
  "A missing account keeps its rows. Where a declared caller calls as it, that is a finding ([`caller-account-missing`](rules/caller-account-missing.md)).":
    () => {
      const missing = { email: email("checkout-sa"), details: whole(null) };
      const parts = { billing: [checkout], world: { accounts: [missing] } };
      expect(report(parts).access).toMatchObject([{ principal: checkout, verdict: "allowed" }]);
      expect(found(parts)).toEqual(["error caller-account-missing"]);
    },
  "Keys that people manage are a finding where the account may call ([`user-managed-key`](rules/user-managed-key.md)).":
    () => {
      const keyed = { ...account(email("checkout-sa")), keys: whole([keyOf("0a")]) };
      expect(found({ billing: [checkout], world: { accounts: [keyed] } })).toEqual(["warning user-managed-key"]);
    },
  "A member that begins with `deleted:` makes no row, only a finding ([`deleted-member`](rules/deleted-member.md)).":
    () => {
      holds(bound(`deleted:${ana}?uid=1`));
      expect(found({ billing: [checkout, `deleted:${ana}?uid=1`] })).toEqual(["warning deleted-member"]);
    },
  "Identities of federation, GKE and workforce pools, and agent identities, make no row where they are bound directly, only a finding ([`dead-federated-grant`](rules/dead-federated-grant.md)).":
    () => {
      example("deleted: members and federated principals make no row, only a finding");
      for (const member of [subject, gke, workforce, robot]) {
        holds(bound(member));
        odd(bound(member), `federated ${member}`);
        expect(found({ billing: [checkout, member] })).toEqual(["warning dead-federated-grant"]);
      }
    },
  "A service that names no account runs as the default compute account of its project.": () => {
    const runtime = "serviceAccount:111-compute@developer.gserviceaccount.com";
    leads(
      world({
        services: [
          service("api", { bindings: [bind(invoker, runtime)] }),
          service("shell", { account: null, bindings: [bind("roles/ssh", ana)] }),
        ],
        roles: [roleOf("roles/ssh", ["run.services.sshRoot"])],
      }),
      ana,
    );
  },
  "Every account that a policy, a service or the matrix names is looked up, also in projects that are not read.":
    async () => {
      const away = "spy@evil.iam.gserviceaccount.com";
      const { snapshot } = await read(cloudWorld({ policy: { bindings: [bind(invoker, `serviceAccount:${away}`)] } }));
      expect(snapshot.accounts.map((each) => each.email)).toEqual([away, cloudWeb].toSorted());
    },
};

const own = "serviceAccount:service-111@serverless-robot-prod.iam.gserviceaccount.com";
const apis = "serviceAccount:111@cloudservices.gserviceaccount.com";
const agentRole = "roles/run.serviceAgent";

export const agents: Claims = {
  "A path is managed if its one grant goes to an agent of Google with the number of the project (folder, organization) where the grant stands, and the role is one that is expected of that agent.":
    () => {
      example("managed only if the number is that of the resource's own project");
      const folderAgent = "serviceAccount:service-folder-8@serverless-robot-prod.iam.gserviceaccount.com";
      holds(
        world({
          services: [service("api")],
          project: { parent: "folders/8" },
          above: { "folders/8": { bindings: [bind(agentRole, [folderAgent, own])] } },
        }),
        `direct ${folderAgent} allowed managed`,
        `direct ${own} allowed`,
      );
    },
  "With another number or another role, an agent is judged like anybody else.": () =>
    lets(world({ services: [service("api", { bindings: [bind(invoker, own)] })] }), `${own} allowed`),
  "`NUMBER@cloudservices.gserviceaccount.com` with `roles/editor` on its own project is managed, broad as it is.": () =>
    lets(
      world({ services: [service("api")], project: { bindings: [bind("roles/editor", apis)] } }),
      `${apis} allowed managed`,
    ),
  "A row is managed if all of its paths are. Managed paths are listed, and are no finding.": () => {
    const live = "serviceAccount:service-111111111111@serverless-robot-prod.iam.gserviceaccount.com";
    const managed = { billing: [checkout], world: { bindings: [bind(agentRole, live)] } };
    expect(report(managed).access.map(({ service: name, managed: is }) => `${name} ${is}`)).toEqual([
      "billing false",
      "billing true",
      "checkout true",
    ]);
    expect(found(managed)).toEqual([]);
    const both = { billing: [checkout], more: [bind(invoker, live)], world: { bindings: [bind(agentRole, live)] } };
    expect(
      report(both)
        .access.filter(({ principal }) => principal === live)
        .map((row) => row.managed),
    ).toEqual([false, true]);
    expect(found(both)).toEqual(["error undeclared-caller"]);
  },
  "A role that is made for agents is a finding on anybody else ([`agent-role-on-other`](rules/agent-role-on-other.md)).":
    () => {
      example("a role of a service agent on anybody else is odd");
      expect(found({ billing: [checkout], more: [bind(agentRole, ana)] })).toEqual(["error agent-role-on-other"]);
    },
  "The default accounts of Compute Engine and App Engine are no agents: their `roles/editor` has to be declared.":
    () => {
      const defaults = [
        "serviceAccount:111-compute@developer.gserviceaccount.com",
        "serviceAccount:p1@appspot.gserviceaccount.com",
      ];
      lets(
        world({ services: [service("api")], project: { bindings: [bind("roles/editor", defaults)] } }),
        ...defaults.map((each) => `${each} allowed`),
      );
      expect(
        found({
          billing: [checkout],
          world: {
            bindings: [bind("roles/editor", "serviceAccount:111111111111-compute@developer.gserviceaccount.com")],
          },
        }),
      ).toEqual(["error undeclared-caller-inherited"]);
    },
  "Agents begin no indirect way and stand on none.": () => {
    const bindings = [bind("roles/iam.serviceAccountTokenCreator", [own, ops])];
    leads(bound(web, { accounts: [account(web.slice("serviceAccount:".length), bindings)] }), ops);
    expect(
      accessOf(bound(own, { project: { bindings: [bind("roles/iam.serviceAccountKeyAdmin", ana)] } })).rows,
    ).toMatchObject([{ ring: "direct", principal: own }]);
  },
};
