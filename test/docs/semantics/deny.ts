import { ana, bound, invoker, ops, web } from "../../access/example.ts";
import { bind, denied, denyRule, group, service, type TinyWorld, world } from "../../access/tiny-world.ts";
import { type Claims, example, lets } from "./claims.ts";

const everybody = ["principalSet://goog/public:all"];
const isAna = "principal://goog/subject/ana@acme.test";

const fence = (principals: readonly string[], more: Parameters<typeof denyRule>[1] = {}): TinyWorld => ({
  project: { deny: [denyRule(principals, more)] },
});

export const deny: Claims = {
  "Deny policies on the project and on everything above it count.": () => {
    for (const at of ["folders/8", "organizations/9"]) {
      const rule = { deny: [denyRule(everybody)] };
      lets(
        bound(ana, {
          project: { parent: "folders/8" },
          above: {
            "folders/8": { parent: "organizations/9", ...(at === "folders/8" ? rule : {}) },
            "organizations/9": at === "organizations/9" ? rule : {},
          },
        }),
        `${ana} denied`,
      );
    }
    example("certain → denied");
  },
  "A rule denies for certain if it names the permission and the principal, spares neither, and has no condition.":
    () => {
      lets(bound(ana, fence([isAna])), `${ana} denied`);
      lets(bound(ana, fence(["principal://goog/subject/bo@acme.test"])), `${ana} allowed`);
      lets(bound(ana, fence([isAna], { deniedPermissions: ["run.googleapis.com/jobs.run"] })), `${ana} allowed`);
      lets(bound(ana, fence(everybody, { exceptionPrincipals: [isAna] })), `${ana} allowed`);
      const spared = { exceptionPermissions: ["run.googleapis.com/routes.invoke"] };
      lets(bound(ana, fence(everybody, spared)), `${ana} allowed`);
    },
  "A rule names a principal by itself, in the spellings of deny policies, or by a group that was read or a set that holds it.":
    () => {
      example("deny spells an account in its own way");
      const named = ["principalSet://goog/group/ops@acme.test"];
      lets(bound(ana, { ...fence(named), groups: [group("ops@acme.test", [ana])] }), `${ana} denied`);
      lets(bound(ana, { ...fence(named), groups: [group("ops@acme.test", [])] }), `${ana} allowed`);
      const below = ["principalSet://cloudresourcemanager.googleapis.com/projects/111/type/ServiceAccount"];
      lets(bound(web, { ...fence(below), lists: [web.slice("serviceAccount:".length)] }), `${web} denied`);
      lets(bound(ana, fence(below)), `${ana} allowed`);
    },
  "A group that was not read, a wildcard, and a spelling that is not known make a denial possible, not certain: what was `allowed` is `conditional`.":
    () => {
      example("a wildcard under run.googleapis.com → possible", "an unread group in exceptions → possible");
      example("a group that may be in a denied one, of which a page is missing → possible");
      lets(bound(ana, fence(["principalSet://goog/group/ops@acme.test"])), `${ana} conditional`);
      lets(bound(ana, fence(["principalSet://goog/somebody"])), `${ana} conditional`);
      const alias = { deniedPermissions: ["run.googleapis.com/services.invoke"] };
      lets(bound(ana, fence(everybody, alias)), `${ana} conditional`);
    },
  "A denial condition is not evaluated: it makes the denial possible.": () => {
    for (const condition of ["resource.matchTag('a', 'b')", "false"])
      lets(bound(ana, fence(everybody, { condition })), `${ana} conditional`);
  },
  "A possible denial leaves `conditional` and `unknown` as they are.": () => {
    const possible = fence(everybody, { condition: "resource.matchTag('a', 'b')" });
    lets(bound(ana, possible, "resource.matchTag('a', 'b')"), `${ana} conditional`);
    const unknown = [service("api", { bindings: [bind("roles/brand.newRole", ana)] })];
    lets(world({ services: unknown, ...possible }), `${ana} unknown`);
  },
  "Deny policies that were not read leave the verdict, and the row says `denyUnread`. They are a blind spot.": () => {
    example("yes with unread → allowed (the row says denyUnread)");
    lets(bound(ana, { project: { parent: "folders/8" } }), `${ana} allowed deny unread`);
    lets(bound(ana, { project: { deny: denied } }), `${ana} allowed deny unread`);
  },
  "A set is denied only by `principalSet://goog/public:all` without exceptions, a group by its own name as well: to deny some of its members does not deny it.":
    () => {
      example("a set row is denied only by public:all without exceptions");
      for (const set of ["allUsers", "allAuthenticatedUsers", "domain:acme.test"]) {
        lets(bound(set, fence(everybody)), `${set} denied`);
        lets(bound(set, fence([isAna])), `${set} allowed`);
      }
      lets(bound(ops, fence(["principalSet://goog/group/ops@acme.test"])), `${ops} denied`);
      lets(bound(ops, fence([isAna])), `${ops} allowed`);
    },
  "On an indirect way each step is denied by the permission that it takes, to whoever takes it.": () =>
    example(
      "in the indirect ring deny applies per permission, to the account that acts",
      "X opens a service by setIamPolicy above; deny applies per permission",
    ),
};

const off = { invokerCheckDisabled: true };
const unsure = "resource.matchTag('a', 'b')";

export const invokerCheck: Claims = {
  "Where the invoker check of a service is off, everybody may call: a row `allUsers` that is `allowed`, with a path of the kind `invoker-check`.":
    () => example("invoker check off: everybody may call; deny is not applied to it"),
  "No policy changes that, neither allow nor deny.": () => {
    const bindings = [bind(invoker, "allUsers", unsure)];
    lets(world({ services: [service("api", { ...off, bindings })], ...fence(everybody) }), "allUsers allowed");
    lets(world({ services: [service("api", { ...off, bindings: denied })] }), "allUsers allowed");
  },
  "It gives no named principal a path: its grants are judged as if the check was on.": () => {
    const bindings = [bind(invoker, ana, unsure)];
    lets(world({ services: [service("api", { ...off, bindings })] }), "allUsers allowed", `${ana} conditional`);
  },
  "A job has no such check.": () => lets(world({ jobs: [service("nightly", { kind: "job", ...off })] })),
  "Ingress and a default URL that is off change no verdict.": () => {
    for (const ingress of ["internal", "internal-and-cloud-load-balancing", "none", "unknown"] as const) {
      const bindings = [bind(invoker, [ana, "allUsers"])];
      const api = service("api", { bindings, ingress, defaultUrlDisabled: true });
      lets(world({ services: [api] }), `${ana} allowed`, "allUsers allowed");
    }
  },
};
