import { expect } from "vitest";
import { isServiceAgent } from "../../../src/access/service-agents.ts";
import { findAccountHome } from "../../../src/gcp/account-emails.ts";
import { builtInRole, builtInRolesDate } from "../../../src/gcp/builtin-roles.ts";
import { ana, bound, invoker, subject, web } from "../../access/example.ts";
import { account, bind, denyRule, roleOf, service, world } from "../../access/tiny-world.ts";
import { grants, makeWorld } from "../../cloud/world.ts";
import { read, world as cloudWorld } from "../../gcp/read-once.ts";
import { refused } from "./reads.ts";
import { accessOf, type Claims, example, holds, leads, lets } from "./claims.ts";

const shell = (more: Parameters<typeof world>[0] = {}) =>
  world({
    services: [
      service("api", { bindings: [bind(invoker, web)] }),
      service("shell", { bindings: [bind("roles/ssh", ana)], account: "web@p1.iam.gserviceaccount.com" }),
    ],
    roles: [roleOf("roles/ssh", ["run.services.sshRoot"])],
    ...more,
  });

export const assumptions: Claims = {
  "A deny policy does not stop a call to a service whose invoker check is off.": () =>
    example("invoker check off: everybody may call; deny is not applied to it"),
  "The answer that the API of Cloud Run is not enabled in a project means that nothing runs there.": async () => {
    const content = makeWorld({
      ...cloudWorld(),
      closed: { "services projects/acme": "disabled", "jobs projects/acme": "disabled" },
    });
    const { record } = await read(content);
    expect(record.services).toMatchObject({ status: "read", value: [], note: expect.stringContaining("not enabled") });
    expect(record.jobs).toMatchObject({ status: "read", value: [] });
  },
  "`roles/admin` and `roles/writer`, the new basic roles, hold the right to invoke. What else they hold is unknown.":
    () => {
      for (const role of ["roles/admin", "roles/writer"]) {
        const held = builtInRole(role);
        if (held === undefined || !("value" in held)) throw new Error(`${role} is not in the table`);
        expect(held.status).toBe("partial");
        lets(
          bound(ana, { services: [service("api", { bindings: [bind(role, ana)] })], roles: [roleOf(role, held)] }),
          `${ana} allowed`,
        );
      }
    },
  "Addresses of the forms `service-NUMBER@AGENT.iam.gserviceaccount.com`, `NUMBER@cloudservices.gserviceaccount.com` and `NUMBER@cloudbuild.gserviceaccount.com` are Google's own, for each AGENT of a closed list. A project that looks like an agent is none.":
    () => {
      const emails = [
        "service-111@gcp-sa-pubsub.iam.gserviceaccount.com",
        "service-org-9@gcp-sa-pubsub.iam.gserviceaccount.com",
        "111@cloudservices.gserviceaccount.com",
        "111@cloudbuild.gserviceaccount.com",
      ];
      expect(emails.map(isServiceAgent)).toEqual([true, true, true, true]);
      expect(isServiceAgent("service-111@gcp-sa-mine.iam.gserviceaccount.com")).toBe(false);
      expect(isServiceAgent("pubsub@gcp-sa-pubsub.iam.gserviceaccount.com")).toBe(false);
    },
  "Which role an agent is expected to hold is a list in the program. An agent or role that is not on it has to be declared.":
    () => {
      const agent = (name: string): string => `serviceAccount:service-111@${name}.iam.gserviceaccount.com`;
      const bindings = [
        bind("roles/pubsub.serviceAgent", [agent("gcp-sa-pubsub"), agent("gcp-sa-brandnew")]),
        bind("roles/editor", agent("gcp-sa-eventarc")),
      ];
      lets(
        world({
          services: [service("api")],
          project: { bindings },
          roles: [roleOf("roles/pubsub.serviceAgent", ["run.routes.invoke"])],
        }),
        `${agent("gcp-sa-pubsub")} allowed managed`,
        `${agent("gcp-sa-brandnew")} allowed`,
        `${agent("gcp-sa-eventarc")} allowed`,
      );
    },
  "`run.services.sshRoot` is enough to act as the account of a service: no `actAs` is asked for.": () =>
    leads(shell(), ana),
  "A deny policy stops `run.services.sshRoot` like any other permission.": () => {
    const rule = denyRule(["principal://goog/subject/ana@acme.test"], {
      deniedPermissions: ["run.googleapis.com/services.sshRoot"],
    });
    leads(shell({ project: { deny: [rule] } }));
  },
  "IAM evaluates conditions as CEL is specified: `||` and `&&` absorb what cannot be decided, and a function that does not exist spoils the whole.":
    () =>
      example(
        "tags are Unknown, which || absorbs",
        "tags are Unknown, which && absorbs",
        "any other CEL error: not granted, and a finding",
      ),
  "Anybody may read a predefined role. Where that proves wrong, the built-in table answers.": async () => {
    const faults = ({ path }: { readonly path: string }) => (path.startsWith("/v1/roles/") ? 403 : undefined);
    const { snapshot } = await read(cloudWorld({ policy: grants([invoker, ana]) }), { faults });
    expect(snapshot.roles).toMatchObject([
      {
        name: invoker,
        source: builtInRolesDate,
        permissions: { status: "read", note: expect.stringContaining("403") },
      },
    ]);
  },
  "`projectEditor:P` and its like, where Cloud Run takes them at all, mean the holders of the role in P's own policy.":
    () => example("projectEditor:P holds the members of roles/editor in P's own policy"),
  "A service in several regions has a policy in each, and each counts for its region alone.": () => {
    const bindings = [bind(invoker, ana)];
    const snapshot = world({ services: [service("api", { bindings }), service("api", { region: "r2" })] });
    holds(snapshot, `direct ${ana} allowed`);
    expect(accessOf(snapshot).rows.map((row) => row.service.record.region)).toEqual(["r1"]);
  },
  "Cloud Run takes no token of an agent identity or of a federated one, as Google says today.": () => {
    holds(bound(subject));
    holds(bound("principal://agents.global.proj-111.system.id.goog/resources/aiplatform/agent"));
    holds(bound("principalSet://agents.global.org-9.system.id.goog/*"));
  },
  "Principal access boundaries keep nobody from calling, and access policies of version 3 of IAM let nobody in: neither is read.":
    () => {
      refused("iam", "v3/organizations/1/locations/global/principalAccessBoundaryPolicies");
      refused("iam", "v3/folders/1/locations/global/accessPolicies", "v3/projects/p/locations/global/policyBindings");
    },
  "Tokens of an account that was disabled may live on, so its rows stay as they are.": () =>
    holds(bound(web, { accounts: [account("web@p1.iam.gserviceaccount.com", [], true)] }), `direct ${web} allowed`),
  "An address of a project of the old kind, `NAME@PROJECT.DOMAIN.iam.gserviceaccount.com`, belongs to `DOMAIN:PROJECT`. As that is a guess, 404 does not mean that the account is missing.":
    async () => {
      const email = "spy@proj.example.com.iam.gserviceaccount.com";
      expect(findAccountHome(email)).toEqual({ project: "example.com:proj", isGuess: true });
      const faults = ({ path }: { readonly path: string }) => (path.includes("spy") ? 404 : undefined);
      const { snapshot } = await read(cloudWorld(), { faults, request: { accounts: [email] } });
      expect(snapshot.accounts.find((each) => each.email === email)?.details).toMatchObject({ status: "failed" });
    },
};
