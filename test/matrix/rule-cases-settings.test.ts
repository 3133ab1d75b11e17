import { describe, expect, test } from "vitest";
import { find } from "./find.ts";

const twoEnvironments = `environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { project: acme-staging, regions: [europe-west1] }`;

const exception = (id: string, rest: string): string =>
  `  - { id: ${id}, owner: t, reason: x, expires: 2027-01-01, ${rest} }`;

/** By rule and title: a matrix and what the rule says of it. */
const cases: Readonly<Record<string, Readonly<Record<string, readonly [text: string, ...found: readonly string[]]>>>> =
  {
    "kind-mismatch": {
      "a job's name may be longer than that of a service": [
        `services:
  nightly: { kind: job, name: ${"n".repeat(63)} }
  web: { name: ${"w".repeat(50)} }`,
        `3:10 [name] error: web is a service, and its name has more than 49 characters`,
      ],
      "an account of another project, where Google takes none": [
        `services: { web: { ingress: all } }
callers:
  push: { pubsub: {}, account: { email: push@acme-other.iam.gserviceaccount.com } }
  own: { pubsub: {}, account: { email: own@acme-prod.iam.gserviceaccount.com } }
  flow: { workflows: {}, account: { email: flow@acme-other.iam.gserviceaccount.com } }
trust: { push -> web: x, own -> web: x, flow -> web: x }`,
        "3:23 [account] error: push is a pubsub caller of acme-prod, and Google takes no account of another project for it: push@acme-other.iam.gserviceaccount.com",
      ],
      "what is written counts, in overrides too, and a default does not": [
        `services:
  nightly: { kind: job, overrides: { prod: { ingress: all } } }
  other: { kind: job, invokerRole: roles/run.servicesInvoker }
  web: { overrides: { prod: { invokerRole: roles/run.jobsExecutor } } }
callers:
  ana: { user: ana@acme.com, overrides: { prod: { account: { id: ana-run } } } }
  sa: { serviceAccount: x@acme-prod.iam.gserviceaccount.com, account: { id: sa-account } }
  ops: { scheduler: { job: x }, account: { id: ops-run }, overrides: { prod: { scheduler: null, group: o@acme.com } } }
defaults: { invokerRole: roles/run.servicesInvoker, ingress: all }`,
        "2:46 [ingress] error: nightly is a job, and a job takes no requests",
        "3:36 [roles/run.servicesInvoker] error: other is a job, and roles/run.servicesInvoker does not start jobs",
        "4:44 [roles/run.jobsExecutor] error: web is a service, and roles/run.jobsExecutor does not open services",
        "6:51 [account] error: ana is a person, so account says nothing",
        "7:62 [account] error: sa is a service account already, so account says nothing",
        "8:33 [account] error: ops is a group, so account says nothing",
      ],
    },
    "person-without-expiry": {
      "a review in the future is none, an old one is a warning": [
        `services: { a: { ingress: all }, old: { retired: 2027-01-01 } }
callers: { ana: { user: a@acme.com }, ben: { user: b@acme.com }, di: { group: d@acme.com }, eve: { group: e@acme.com } }
trust:
  ana -> a: { reason: x, reviewed: 2026-11-22 }
  ben -> a: { reason: x, reviewed: 2026-11-24 }
  di -> a: { reason: x, reviewed: 2025-11-22 }
  eve -> a: { reason: x, reviewed: 2025-01-10 }
  eve -> old: x`,
        "5:36 [2026-11-24] error: ben is a person, and this edge was reviewed on 2026-11-24, which lies in the future",
        "7:36 [2025-01-10] warning: eve is a group, and this edge was last reviewed on 2025-01-10, 22 months ago",
      ],
    },
    "uncalled-service": {
      "only where the row is enforced, in any environment": [
        `services:
  a: { mode: observe }
  b: { mode: add }
  c: { overrides: { staging: { public: { reason: x } } } }
  d: { planned: [prod, staging] }
${twoEnvironments}`,
        "4:3 [c] warning: nobody may call c",
      ],
    },
    "missing-placement": {
      "no regions are told once, at the environment": [
        `services: { a: , b: , c: , d: , e: , f: , g: { regions: [europe-west1] } }
environments: { prod: { project: acme-prod } }`,
        "2:17 [prod] error: prod has no regions, and a, b, c and 3 more have none of their own",
      ],
    },
    "retired-side": {
      "a date that has passed": [
        "services: { a: { retired: 2026-10-01 }, b: { retired: 2026-11-22 } }",
        "1:27 [2026-10-01] info: a retired on 2026-10-01, and the date has passed",
      ],
    },
    "idle-setting": {
      "settings for an environment that something is not in, and observed images": [
        `services:
  a: { environments: [prod], planned: [staging, prod], overrides: { staging: { mode: add }, prod: { mode: add } } }
  b: { image: europe-docker.pkg.dev/a/b/c:1, mode: observe }
  c: { image: europe-docker.pkg.dev/a/b/c:1, overrides: { prod: { mode: observe } } }
callers:
  n: { environments: [prod], scheduler: { job: x }, overrides: { staging: { description: x } } }
${twoEnvironments}`,
        "2:40 [staging] warning: a is planned for staging, and is not in staging",
        "2:69 [staging] warning: a has overrides for staging, and is not in staging",
        "3:8 [image] warning: b has an image, and with mode: observe Terraform does not make it",
        "6:66 [staging] warning: n has overrides for staging, and is not in staging",
      ],
    },
    "matches-nothing": {
      "a target that is never called, and owners of nothing": [
        `services: { a: { owner: team-a }, b: { owner: team-a } }
callers: { n: { scheduler: { job: x }, owner: team-a } }
rules:
  callers-only: { reason: x, never: { from: a, to: n } }
  the-internet: { reason: x, never: { from: a, to: internet } }
  no-edge-yet: { reason: x, require: { edges: { to: b }, fields: [ticket] } }
  unowned: { reason: x, never: { from: { not: { owner: team-b } }, to: { any: [b, { owner: [team-a, team-c] }] } } }`,
        "4:48 [to] warning: the rule callers-only matches nothing: to fits only callers, which nobody calls",
        "5:48 [to] warning: the rule the-internet matches nothing: to fits no service",
        "7:56 [team-b] warning: the rule unowned names the owner team-b, who owns no service or caller",
        "7:101 [team-c] warning: the rule unowned names the owner team-c, who owns no service or caller",
      ],
    },
    "duplicate-name": {
      "rules and exceptions": [
        `services: { a: }
rules:
  expired: { reason: x, never: { from: a, to: a } }
exceptions:
${exception("E1", "rule: call-cycle, match: { caller: a }")}
${exception("E1", "rule: expired, match: { caller: a }")}`,
        "3:3 [expired] error: expired is the name of a rule of matrix itself",
        "6:11 [E1] error: E1 is the id of an exception already",
      ],
    },
    "unapproved-exception": {
      "only an approver of the rule can approve": [
        `services: { a: , b: }
rules: { inside: { reason: x, never: { from: a, to: b }, approvers: [sec, ciso] } }
exceptions:
${exception("E1", "rule: inside, match: { caller: a }")}
${exception("E2", "rule: inside, match: { caller: a }, approvedBy: t")}
${exception("E3", "rule: inside, match: { caller: a }, approvedBy: ciso")}
${exception("E4", "rule: call-cycle, match: { caller: a }")}
  - { id: E5, owner: t, reason: x, expires: 2026-01-01, rule: inside, match: { caller: a } }`,
        "4:63 [inside] error: the exception E1 from inside is approved by nobody, so it has no effect",
        "5:105 [t] error: the exception E2 from inside is approved by t, who is no approver of it, so it has no effect",
      ],
    },
    "fixed-severity": {
      "lint and exceptions": [
        `services: { a: }
lint: { never: off, duplicate-edge: off }
exceptions:
${exception("E1", "rule: self-call, match: { caller: a }")}`,
        "2:9 [never] error: the severity of never cannot be changed",
        "2:21 [duplicate-edge] error: the severity of duplicate-edge cannot be changed",
        "4:63 [self-call] error: the exception E1 names self-call, which takes no exceptions",
      ],
    },
    expired: {
      "at a timestamp": [
        `services: { a: , b: }
trust: { a -> b: { reason: x, expires: 2026-10-01T18:00Z } }`,
        "2:40 [2026-10-01T18:00Z] error: the edge a -> b ended at 2026-10-01T18:00Z and has no effect any more",
      ],
    },
    "row-too-large": {
      "sets that multiply": [
        `services: { ${Array.from({ length: 1001 }, (_, i) => `s${i}: `).join(", ")} }
sets: { s: [${Array.from({ length: 1001 }, (_, i) => `s${i}`).join(", ")}] }
trust: { s -> s: x }`,
        "3:10 [s -> s] error: with s -> s, sets multiply into more than a million edges, and no further edge is judged",
      ],
    },
  };

describe.each(Object.entries(cases))("%s", (rule, byTitle) => {
  test.each(Object.entries(byTitle))("%s", (_title, [text, ...found]) => {
    expect(find(rule, text)).toEqual(found);
  });
});

describe("one cause, one finding", () => {
  test("without environments", () => {
    const text = "services: { a: , b: }\ntrust: { a -> b: x }\nenvironments: {}";
    expect(find("*", text)).toEqual(["missing-placement 1:1 [] error: the matrix has no environment"]);
  });

  test("of an environment without a project", () => {
    const text = `services: { a: , b: }
trust: { a -> b: { reason: x, environments: [prod] } }
environments: { prod: { regions: [europe-west1] } }`;
    expect(find("*", text)).toEqual(["missing-placement 3:17 [prod] error: prod has no project"]);
  });

  test("for an alias that no environment has", () => {
    const text = `services: { a: { project: pci }, b: { project: nope } }
trust: { a -> b: x, b -> a: x }
environments:
  prod: { regions: [europe-west1], projects: { core: { id: acme-prod } } }
  staging: { regions: [europe-west1], projects: { pci: { id: acme-staging } } }
lint: { call-cycle: off }`;
    expect(find("*", text)).toEqual([
      "missing-placement 1:18 [project] error: prod has no project with the alias pci, where a would run",
      'unknown-name 1:48 [nope] error: no project alias is called "nope"',
    ]);
  });

  test("for a former name that lives", () => {
    const text = `services: { billing: { formerNames: [invoices] }, invoices: { formerNames: [invoices] } }
lint: { uncalled-service: off }`;
    expect(find("*", text)).toEqual([
      "former-name 1:38 [invoices] error: billing was called invoices, and another invoices is declared",
      "former-name 1:77 [invoices] error: invoices names itself as a former name",
    ]);
  });
});
