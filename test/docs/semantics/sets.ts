import { ana, bound, invoker, ops, web } from "../../access/example.ts";
import { bind, denied, group, partial, roleOf, service, world } from "../../access/tiny-world.ts";
import { type Claims, example, gaps, holds, lets } from "./claims.ts";

const unsure = "resource.matchTag('a', 'b')";
const bo = "user:bo@other.test";

export const sets: Claims = {
  "A set is a row of its own. Those who are known to be in it have a path through it.": () =>
    example("the set stays a row; a named principal gets a path through it"),
  "The row of somebody who comes in only through a set names the set in `through`.": () => {
    const groups = [group("ops@acme.test", [ana])];
    lets(bound(ops, { groups }), `${ops} allowed`, `${ana} allowed through ${ops}`);
    const both = world({ services: [service("api", { bindings: [bind(invoker, [ana, ops])] })], groups });
    lets(both, `${ops} allowed`, `${ana} allowed`);
  },
  "A group whose members were not read is one principal.": () =>
    example("a group whose members were not read is one principal"),
  "Of a group whose members were read in part, those who were found have a path.": () =>
    lets(
      bound(ops, { groups: [group("ops@acme.test", partial([ana]))] }),
      `${ops} allowed`,
      `${ana} allowed through ${ops}`,
    ),
  "A group within a group makes no row: its members are members of the outer one.": () =>
    lets(
      bound(ops, { groups: [group("ops@acme.test", [ana, "group:night@acme.test"])] }),
      `${ops} allowed`,
      `${ana} allowed through ${ops}`,
    ),
  "`projectEditor:P` holds whoever has `roles/editor` in the policy of P itself, not above it. `projectOwner:P` and `projectViewer:P` likewise.":
    () => {
      example("projectEditor:P holds the members of roles/editor in P's own policy");
      for (const kind of ["Owner", "Editor", "Viewer"]) {
        const role = `roles/${kind.toLowerCase()}`;
        const snapshot = world({
          services: [service("api", { bindings: [bind("roles/iap.only", `project${kind}:p1`)] })],
          project: { parent: "organizations/9", bindings: [bind(role, ana)] },
          above: { "organizations/9": { bindings: [bind(role, bo)] } },
          roles: [roleOf("roles/iap.only", ["run.routes.invoke"]), roleOf(role, [])],
        });
        holds(snapshot, `direct project${kind}:p1 allowed`, `direct ${ana} allowed through project${kind}:p1`);
      }
    },
  "Where the policy of P was not read, the answer hangs on it.": () => {
    const snapshot = bound("projectEditor:p2");
    lets(snapshot, "projectEditor:p2 allowed");
    gaps(snapshot, "IAM policy projects/p2");
  },
  "`principalSet://cloudresourcemanager.googleapis.com/C/type/ServiceAccount` holds every service account of the projects below C. Those that run something, or are named at the service, get a path.":
    () => {
      example("type/ServiceAccount holds the accounts of the projects below; only those that matter are named");
    },
  "`allUsers` holds everybody.": () => example("allUsers contains everyone, a set among them"),
  "`allAuthenticatedUsers` holds every `user:` and every `serviceAccount:`, and no group.": () =>
    example("allAuthenticatedUsers contains every user: and serviceAccount:, and no group"),
  "`domain:D` holds every `user:` whose address ends in `@D`. Whom else Google counts to the domain is not known: nobody else gets a path through it.":
    () => {
      example("domain:D contains user:*@D, which a condition on their own binding does not take from them");
      const bindings = [bind(invoker, [bo, web], unsure), bind(invoker, "domain:acme.test")];
      lets(
        world({ services: [service("api", { bindings })] }),
        "domain:acme.test allowed",
        `${bo} conditional`,
        `${web} conditional`,
      );
    },
  "`allUsers`, `allAuthenticatedUsers` and domains name nobody: only who is named at the service gets a path through them.":
    () => {
      for (const set of ["allUsers", "allAuthenticatedUsers", "domain:acme.test"]) {
        const api = service("api", { bindings: [bind(invoker, set)] });
        const other = service("other", { bindings: [bind(invoker, ana)] });
        lets(world({ services: [api, other] }), `${set} allowed`, `${ana} allowed`);
      }
    },
  "A condition on the grant to a set counts for everybody who comes through it, and so does one on the basic role of a project.":
    () => {
      const groups = [group("ops@acme.test", [ana])];
      lets(bound(ops, { groups }, unsure), `${ops} conditional`, `${ana} conditional through ${ops}`);
      const viewers = { project: { bindings: [bind("roles/viewer", ana, unsure)] } };
      const through = "projectViewer:p1";
      lets(bound(through, viewers), `${through} allowed`, `${ana} conditional through ${through}`);
    },
  "That the members of a group were not read makes no service doubtful.": () =>
    gaps(bound(ops, { groups: [group("ops@acme.test", denied)] })),
};
