import { ana, bound, everyAccount, invoker, noon, ops, web, type Example } from "./example.ts";
import {
  account,
  bind,
  denied,
  denyRule,
  group,
  partial,
  roleOf,
  service,
  world,
  type TinyWorld,
} from "./tiny-world.ts";

const denyAll = (rule: Parameters<typeof denyRule>[1] = {}): TinyWorld => ({
  project: { deny: [denyRule(["principalSet://goog/public:all"], rule)] },
});

const allows: readonly Example[] = [
  { name: "a binding on the service lets its member in", snapshot: bound(web), rows: [`direct ${web} allowed`] },
  {
    name: "what is bound above the service holds at the service",
    snapshot: world({
      services: [service("api")],
      project: { parent: "folders/8", bindings: [bind("roles/editor", "user:p@acme.test")] },
      above: {
        "folders/8": { parent: "organizations/9", bindings: [bind(invoker, "user:f@acme.test")] },
        "organizations/9": { bindings: [bind(invoker, "user:o@acme.test")] },
      },
    }),
    rows: ["p", "f", "o"].map((name) => `direct user:${name}@acme.test allowed`),
  },
  { name: "listed without it = no", snapshot: bound(ana, { roles: [roleOf(invoker, [])] }), rows: [] },
  {
    name: "not listed and not readable = unknown",
    snapshot: bound(ana, { roles: [roleOf(invoker, denied)] }),
    rows: [`direct ${ana} unknown`, `indirect ${ana} unknown`],
    unread: [`role ${invoker}`],
  },
  {
    name: "a role that ends in _withcond_ was read below version 3: unknown",
    snapshot: world({ jobs: [service("api", { kind: "job", bindings: [bind(`${invoker}_withcond_0af3`, web)] })] }),
    rows: [`direct ${web} unknown`],
  },
  {
    name: "strongest of yes > conditional > unknown",
    snapshot: world({
      services: [service("api", { bindings: [bind(invoker, ana, "resource.matchTag('a', 'b')"), bind(invoker, ana)] })],
    }),
    rows: [`direct ${ana} allowed`],
  },
  {
    name: "a job is opened by run.jobs.run, not by run.routes.invoke",
    snapshot: world({
      jobs: [
        service("nightly", {
          kind: "job",
          bindings: [bind(invoker, web), bind("roles/run.servicesInvoker", ana)],
        }),
      ],
    }),
    rows: [`direct ${web} allowed`],
  },
];

const sets: readonly Example[] = [
  {
    name: "the set stays a row; a named principal gets a path through it",
    snapshot: bound(ops, { groups: [group("ops@acme.test", [ana])] }),
    rows: [`direct ${ops} allowed`, `direct ${ana} allowed through ${ops}`],
  },
  {
    name: "a group whose members were not read is one principal",
    snapshot: bound(ops, { groups: [group("ops@acme.test", denied)] }),
    rows: [`direct ${ops} allowed`],
    unread: [],
  },
  {
    name: "projectEditor:P holds the members of roles/editor in P's own policy",
    snapshot: world({
      services: [service("api", { bindings: [bind(invoker, "projectViewer:p1")] })],
      project: { bindings: [bind("roles/viewer", ana)] },
    }),
    rows: ["direct projectViewer:p1 allowed", `direct ${ana} allowed through projectViewer:p1`],
  },
  {
    name: "type/ServiceAccount holds the accounts of the projects below; only those that matter are named",
    snapshot: world({
      services: [service("api", { bindings: [bind(invoker, everyAccount)], account: web.slice(15) })],
      accounts: [account("web@p1.iam.gserviceaccount.com"), account("idle@p1.iam.gserviceaccount.com")],
    }),
    rows: [`direct ${everyAccount} allowed`, `direct ${web} allowed through ${everyAccount}`],
  },
  {
    name: "allAuthenticatedUsers contains every user: and serviceAccount:, and no group",
    snapshot: world({
      services: [
        service("api", { bindings: [bind("roles/half", [ana, ops]), bind(invoker, "allAuthenticatedUsers")] }),
      ],
      roles: [roleOf("roles/half", partial([]))],
    }),
    rows: [
      `direct ${ana} allowed`,
      "direct allAuthenticatedUsers allowed",
      `direct ${ops} unknown`,
      `indirect ${ops} unknown`,
    ],
  },
  {
    name: "allUsers contains everyone, a set among them",
    snapshot: world({
      services: [service("api", { bindings: [bind("roles/half", everyAccount), bind(invoker, "allUsers")] })],
      roles: [roleOf("roles/half", partial([]))],
    }),
    rows: ["direct allUsers allowed", `direct ${everyAccount} allowed`],
  },
  {
    name: "domain:D contains user:*@D, which a condition on their own binding does not take from them",
    snapshot: world({
      services: [
        service("api", {
          bindings: [bind(invoker, ana, "resource.matchTag('a', 'b')"), bind(invoker, "domain:Acme.test")],
        }),
      ],
    }),
    rows: [`direct ${ana} allowed`, "direct domain:acme.test allowed"],
  },
  {
    name: "invoker check off: everybody may call; deny is not applied to it",
    snapshot: world({ services: [service("api", { invokerCheckDisabled: true })], ...denyAll() }),
    rows: ["direct allUsers allowed"],
  },
];

const conditions: readonly Example[] = [
  {
    name: "true = unconditional",
    snapshot: bound(ana, {}, `request.time >= timestamp("${noon}")`),
    rows: [`direct ${ana} allowed`],
  },
  { name: "false = no path", snapshot: bound(ana, {}, `request.time < timestamp("${noon}")`), rows: [], odd: [] },
  {
    name: "Unknown = conditional",
    snapshot: bound(ana, {}, "resource.matchTag('acme/env', 'prod')"),
    rows: [`direct ${ana} conditional`],
  },
  {
    name: "tags are Unknown, which || absorbs",
    snapshot: bound(ana, {}, "resource.matchTag('a', 'b') || true"),
    rows: [`direct ${ana} allowed`],
  },
  {
    name: "tags are Unknown, which && absorbs",
    snapshot: bound(ana, {}, "resource.matchTag('a', 'b') && false"),
    rows: [],
  },
  {
    name: "any other CEL error: not granted, and a finding",
    snapshot: bound(ana, {}, 'true || forecast("rain")'),
    rows: [],
    odd: [`broken-condition ${ana}`],
  },
  {
    name: "resource.name does not scope Cloud Run: Unknown, and a finding",
    snapshot: bound(ana, {}, 'resource.name.startsWith("projects/p1")'),
    rows: [`direct ${ana} conditional`],
    odd: [`resource-condition ${ana}`],
  },
];

const denies: readonly Example[] = [
  { name: "certain → denied", snapshot: bound(ana, denyAll()), rows: [`direct ${ana} denied`] },
  {
    name: "an unread group in exceptions → possible",
    snapshot: bound(ana, denyAll({ exceptionPrincipals: ["principalSet://goog/group/ops@acme.test"] })),
    rows: [`direct ${ana} conditional`],
  },
  {
    name: "a group that may be in a denied one, of which a page is missing → possible",
    snapshot: bound(ops, {
      project: { deny: [denyRule(["principalSet://goog/group/all@acme.test"])] },
      groups: [group("all@acme.test", partial([]))],
    }),
    rows: [`direct ${ops} conditional`],
  },
  {
    name: "a wildcard under run.googleapis.com → possible",
    snapshot: bound(ana, denyAll({ deniedPermissions: ["run.googleapis.com/*"] })),
    rows: [`direct ${ana} conditional`],
  },
  {
    name: "yes with unread → allowed (the row says denyUnread)",
    snapshot: bound(ana, { project: { deny: denied } }),
    rows: [`direct ${ana} allowed deny unread`],
    unread: ["deny policies projects/p1"],
  },
  {
    name: "a set row is denied only by public:all without exceptions",
    snapshot: world({
      services: [service("api", { bindings: [bind(invoker, ["allUsers", ana])] })],
      ...denyAll({ exceptionPrincipals: ["principal://goog/subject/eve@acme.test"] }),
    }),
    rows: ["direct allUsers conditional", `direct ${ana} denied`],
  },
  {
    name: "deny spells an account in its own way",
    snapshot: bound(web, {
      project: {
        deny: [denyRule(["principal://iam.googleapis.com/projects/-/serviceAccounts/web@p1.iam.gserviceaccount.com"])],
      },
    }),
    rows: [`direct ${web} denied`],
  },
];

export const directExamples: readonly Example[] = [...allows, ...sets, ...conditions, ...denies];
