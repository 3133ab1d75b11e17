import { expect } from "vitest";
import { workloadPermissions } from "../../../src/access/permissions.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { ana, bound, subject, web } from "../../access/example.ts";
import { account, bind, roleOf, service, type TinyWorld, world } from "../../access/tiny-world.ts";
import { email } from "../../drift/live-world.ts";
import { accessOf, type Claims, example, leads } from "./claims.ts";
import { found, matrix } from "./shop.ts";

const B = "web@p1.iam.gserviceaccount.com";
const by = (...permissions: readonly string[]): TinyWorld => ({ roles: [roleOf("roles/by", permissions)] });
const grant = bind("roles/by", ana);

/** `web@` may invoke `api`, and Ana holds some permissions on the account itself. */
const onAccount = (...permissions: readonly string[]): Snapshot =>
  bound(web, { ...by(...permissions), accounts: [account(B, [grant])] });

/** Ana holds some permissions on the service, the project, a folder, or the organization. */
function at(level: "service" | "project" | "folder" | "organization", permission: string): Snapshot {
  const here = (name: string): { readonly bindings?: readonly (typeof grant)[] } =>
    name === level ? { bindings: [grant] } : {};
  return world({
    ...by(permission),
    services: [service("api", here("service"))],
    project: { parent: "folders/8", ...here("project") },
    above: {
      "folders/8": { parent: "organizations/9", ...here("folder") },
      "organizations/9": here("organization"),
    },
  });
}

/** Each account may make keys of the next, the first belongs to Ana, the last may invoke. */
function chainOf(length: number): Snapshot {
  const name = (index: number): string => (index === length ? B : `a${index}@p1.iam.gserviceaccount.com`);
  const accounts = Array.from({ length }, (_, index) =>
    account(name(index + 1), [
      bind("roles/iam.serviceAccountKeyAdmin", index === 0 ? ana : `serviceAccount:${name(index)}`),
    ]),
  );
  return bound(web, { accounts });
}

function waysOf(snapshot: Snapshot): readonly string[] {
  return accessOf(snapshot).rows.flatMap(({ ring, principal, paths }) =>
    ring === "indirect" ? paths.map(({ hops }) => `${principal} ${hops.map(({ kind }) => kind).join()}`) : [],
  );
}

export const indirect: Claims = {
  "Whoever holds `iam.serviceAccounts.getOpenIdToken`, `signJwt` or `signBlob` on an account that may invoke can come to invoke.":
    () => {
      for (const permission of ["getOpenIdToken", "signJwt", "signBlob"])
        leads(onAccount(`iam.serviceAccounts.${permission}`), ana);
    },
  "`getAccessToken` is enough where the account may mint an OpenID token of itself, and for every account before the last.":
    () => {
      example("getAccessToken alone does not: B may not mint its own OpenID token");
      example("getAccessToken where B may mint its own OpenID token");
      const between = "serviceAccount:api@p1.iam.gserviceaccount.com";
      leads(
        bound(web, {
          ...by("iam.serviceAccounts.getAccessToken"),
          accounts: [
            account(B, [bind("roles/iam.serviceAccountKeyAdmin", between)]),
            account("api@p1.iam.gserviceaccount.com", [grant]),
          ],
        }),
        ana,
        between,
      );
    },
  "`implicitDelegation` is enough towards an account that may take a token of the next.": () => {
    example("implicitDelegation towards one of these");
    leads(onAccount("iam.serviceAccounts.implicitDelegation"));
  },
  "`iam.serviceAccountKeys.create` and `iam.serviceAccounts.setIamPolicy` on such an account are enough, each alone.":
    () => {
      leads(onAccount("iam.serviceAccountKeys.create"), ana);
      leads(onAccount("iam.serviceAccounts.setIamPolicy"), ana);
    },
  "Each of these permissions counts on the account, on the project that lists it, and above.": () => {
    const listed: TinyWorld = { ...by("iam.serviceAccounts.getOpenIdToken"), lists: [B] };
    leads(bound(web, { ...listed, project: { bindings: [grant] } }), ana);
    leads(
      bound(web, { ...listed, project: { parent: "folders/8" }, above: { "folders/8": { bindings: [grant] } } }),
      ana,
    );
    leads(bound(web, { ...listed, lists: [], project: { bindings: [grant] } }));
  },
  "`iam.serviceAccounts.actAs` is enough together with one permission that makes Google run something, or send a request, as the account, in any project that was read.":
    () => {
      example("actAs alone is worth nothing");
      for (const permission of workloadPermissions) {
        leads(
          bound(web, { ...by("iam.serviceAccounts.actAs", permission), lists: [B], project: { bindings: [grant] } }),
          ana,
        );
      }
      example("actAs by one group and a create permission by another are held by who is in both");
    },
  "`run.services.sshRoot` leads to the account that the service runs as, and `compute.instances.setMetadata` to every account of its project.":
    () => {
      const services = (runtime?: string) => [
        service("api", { bindings: [bind("roles/run.invoker", web)] }),
        service("shell", { bindings: [grant], ...(runtime === undefined ? {} : { account: runtime }) }),
      ];
      leads(world({ ...by("run.services.sshRoot"), services: services(B) }), ana);
      leads(world({ ...by("run.services.sshRoot"), services: services("other@p1.iam.gserviceaccount.com") }));
      const project = { bindings: [grant] };
      leads(bound(web, { ...by("compute.instances.setMetadata"), lists: [B], project }), ana);
    },
  "Whoever may set the policy of the service, of its project, or of a folder or organization above it opens the service.":
    () => {
      for (const level of ["service", "project", "folder", "organization"] as const)
        leads(at(level, "run.services.setIamPolicy"), ana);
      for (const level of ["project", "folder", "organization"] as const)
        leads(at(level, "resourcemanager.projects.setIamPolicy"), ana);
      for (const level of ["folder", "organization"] as const)
        leads(at(level, "resourcemanager.folders.setIamPolicy"), ana);
      leads(at("organization", "resourcemanager.organizations.setIamPolicy"), ana);
      leads(at("project", "resourcemanager.organizations.setIamPolicy"));
    },
  "Whoever may update a custom role that is bound on the service or above it opens the service as well.": () =>
    example("X opens a service by iam.roles.update on a custom role bound there"),
  "A federated identity begins a way by what it may do to an account, as with `roles/iam.workloadIdentityUser`. A pool that is off lets nobody in.":
    () => {
      example("principals on workloadIdentityUser start a path of their own", "an inactive pool starts none");
      const pools = [false, true].map((active) => ({
        name: "projects/111/locations/global/workloadIdentityPools/ci",
        active,
        providers: { status: "read", value: [] } as const,
      }));
      const accounts = [account(B, [bind("roles/iam.workloadIdentityUser", subject)])];
      leads(bound(web, { accounts, pools: pools.slice(0, 1) }));
      leads(bound(web, { accounts, pools: pools.slice(1) }), subject);
    },
  "What the conditions of a pool's providers let in is not judged: whoever is bound counts.": () => {
    const provider = { name: "github", active: true, issuer: "https://ci.test", condition: "false" };
    const name = "projects/111/locations/global/workloadIdentityPools/ci";
    const pools = [{ name, active: true, providers: { status: "read", value: [provider] } as const }];
    leads(bound(web, { accounts: [account(B, [bind("roles/iam.workloadIdentityUser", subject)])], pools }), subject);
  },
  "A way goes through four accounts at most.": () => {
    expect(waysOf(chainOf(4))).toContain(`${ana} key,key,key,key,binding`);
    expect(waysOf(chainOf(5)).filter((way) => way.startsWith(ana))).toEqual([]);
  },
  "A row shows one way: of the surest the shortest, then the first by text.": () => {
    const accounts = [
      account(B, [bind("roles/iam.serviceAccountKeyAdmin", ["serviceAccount:a1@p1.iam.gserviceaccount.com", ana])]),
      account("a1@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountKeyAdmin", ana)]),
    ];
    expect(waysOf(bound(web, { accounts })).filter((way) => way.startsWith(ana))).toEqual([`${ana} key,binding`]);
    const unsure = accounts.map((each, index) =>
      index === 1
        ? each
        : account(B, [
            bind("roles/iam.serviceAccountKeyAdmin", "serviceAccount:a1@p1.iam.gserviceaccount.com"),
            bind("roles/iam.serviceAccountKeyAdmin", ana, "resource.matchTag('a', 'b')"),
          ]),
    );
    expect(waysOf(bound(web, { accounts: unsure })).filter((way) => way.startsWith(ana))).toEqual([
      `${ana} key,key,binding`,
    ]);
  },
  "Whoever is `allowed` directly has no indirect row.": () => {
    const accounts = [account(B, [bind("roles/iam.serviceAccountKeyAdmin", ana)])];
    const services = [service("api", { bindings: [bind("roles/run.invoker", [web, ana])] })];
    leads(world({ services, accounts }));
    leads(bound(web, { accounts }), ana);
  },
  "Indirect ways are looked for to `sensitive` services, to those that a `never` rule protects, and with `--indirect` to all.":
    () => {
      const parts = {
        billing: ["serviceAccount:checkout-sa@acme-prod.iam.gserviceaccount.com"],
        world: { accounts: [account(email("checkout-sa"), [bind("roles/iam.serviceAccountKeyAdmin", ana)])] },
      };
      expect(found(parts)).toEqual([]);
      expect(found(parts, matrix, { indirect: true })).toEqual(["warning indirect-caller"]);
      expect(found(parts, `${matrix}sensitive: { labels: { data: pci } }\n`)).toEqual(["warning indirect-caller"]);
      const callers = `callers:\n  ana: { user: ana@acme.test }\n`;
      const never = `rules:\n  people-away:\n    never: { from: ana, to: billing }\n    reason: Nobody by hand\n`;
      expect(found(parts, `${matrix}${callers}${never}`)).toEqual(["error broken-live"]);
    },
};
