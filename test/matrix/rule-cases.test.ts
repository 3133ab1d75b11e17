import { describe, expect, test } from "vitest";
import { find } from "./find.ts";

/** A matrix, and what one rule says of it. */
interface Case {
  readonly text: string;
  readonly included?: Readonly<Record<string, string>>;
  readonly found: readonly string[];
}

const twoEnvironments = `environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { project: acme-staging, regions: [europe-west1] }`;

const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  "unknown-name": {
    "a name that cannot stand on its side of an edge": {
      text: `services: { a: , b: }
callers: { oncall: { group: oncall@acme.com } }
trust: { internet -> b: x, a -> internet: x, a -> oncall: x, all -> b: x }`,
      found: [
        "3:10 [internet] error: internet is no caller",
        "3:33 [internet] error: internet is no service",
        "3:51 [oncall] error: oncall is a caller, and only services can be called",
        '3:62 [all] error: no service, caller or set is called "all"',
      ],
    },
  },
  "edge-key": {
    "the word that is wrong": {
      text: `services: { a: , b: }
trust: { a -> B: x, "* -> b": x, "a, b -> b": x, a->b: x, "a  -> b": x, "${"-".repeat(300)}": x }`,
      found: [
        '2:15 [B] error: "B" is not a name',
        '2:22 [*] error: "*" is not a name',
        '2:35 [a, b] error: "a, b" is not a name',
        '2:50 [a->b] error: "a->b" does not read caller -> callee',
        '2:59 ["a  -> b"] error: "a  -> b" does not read caller -> callee',
        `2:73 ["${"-".repeat(59)}] error: "${"-".repeat(59)}…" does not read caller -> callee`,
      ],
    },
  },
  "self-call": {
    "a set on both sides is fine, one with a single member grants nothing": {
      text: `services: { web: , b: }
sets: { both: [web, b], solo: [web] }
trust: { both -> both: x, solo -> web: x, web -> solo: x, b -> b: x }`,
      found: [
        "3:35 [web] error: solo -> web grants nothing: both of its sides mean web",
        "3:50 [solo] error: web -> solo grants nothing: both of its sides mean web",
        "3:64 [b] error: b calls itself",
      ],
    },
  },
  "duplicate-edge": {
    "the edge by name goes, the set's edge stays": {
      text: `services: { a: , b: , c: , flags: }
sets: { readers: [a, b], writers: [b, c], targets: [c] }
trust:
  a -> b: [{ reason: x }, { reason: y }]
  a -> flags: x
  readers -> flags: x
  writers -> flags: y
  a -> c: x
  a -> targets: x`,
      found: [
        "4:27 [{ reason: y }] error: the edge a -> b is given twice",
        "5:3 [a -> flags] error: a may call flags already, as a member of readers",
        "7:3 [writers -> flags] error: b may call flags already, through the edge readers -> flags",
        "8:3 [a -> c] error: a may call c already, which is a member of targets",
      ],
    },
  },
  "absent-side": {
    "who is absent, in words": {
      text: `services: { a: { environments: [prod] }, b: { environments: [prod] }, c: }
sets: { s: [a, b] }
trust:
  a -> b: { reason: x, environments: [staging] }
  c -> a: { reason: x, environments: [staging] }
  s -> c: { reason: x, environments: [staging, prod] }
${twoEnvironments}`,
      found: [
        "4:39 [staging] error: neither a nor b is in staging, so a -> b cannot hold there",
        "5:39 [staging] error: a is not in staging, so c -> a cannot hold there",
        "6:39 [staging] error: no member of s is in staging, so s -> c cannot hold there",
      ],
    },
  },
  "edge-outside-callee-file": {
    "each member of a set of services that stands elsewhere": {
      text: `services: { storefront: , desk: }
sets: { money: [billing, desk] }
trust: { storefront -> money: Pays }`,
      included: { pay: "services: { billing: }" },
      found: [
        "3:24 [money] warning: the edge storefront -> money stands in another file than billing, a member of money",
      ],
    },
    "a set elsewhere decides who gets in": {
      text: `services: { storefront: , web: }
sets: { readers: [storefront], money: [flags] }`,
      included: {
        pay: `services: { flags: }
sets: { local: [readers, web] }
trust: { readers -> flags: x, local -> flags: x, web -> money: x, web -> flags: x }`,
      },
      found: [
        "teams/pay.yaml:3:10 [readers] warning: the set readers stands in matrix.yaml, so whoever edits that file decides who may call flags",
        "teams/pay.yaml:3:31 [local] warning: the set readers stands in matrix.yaml, so whoever edits that file decides who may call flags",
        "teams/pay.yaml:3:57 [money] warning: the set money stands in matrix.yaml, so whoever edits that file decides what web may call",
      ],
    },
  },
  "edge-cannot-work": {
    "public, and closed all the same": {
      text: `services:
  shop: { public: { reason: x } }
  desk: { ingress: all, iap: service, public: { reason: x } }
  lb: { ingress: all, iap: load-balancer, public: { reason: x } }
  old: { public: { reason: x }, retired: 2027-01-01 }`,
      found: [
        "2:11 [public] warning: shop is public, and its ingress internal answers 404 to everybody outside",
        "3:39 [public] warning: desk is public, and the Identity-Aware Proxy on it makes everybody sign in",
        "4:43 [public] warning: lb is public, so whoever reaches it goes around the Identity-Aware Proxy of its load balancer",
      ],
    },
    "a job is run by Google's API, which takes no ID token; an account elsewhere is in another project": {
      text: `services: { settle: { kind: job }, in: }
callers:
  push: { pubsub: {} }
  nightly: { scheduler: {} }
  flow: { workflows: {}, account: { email: flow@acme-other.iam.gserviceaccount.com } }
trust:
  push -> settle: x
  nightly -> settle: x
  flow -> in: x`,
      found: [
        "7:3 [push -> settle] warning: push (pubsub) sends ID tokens alone, and Google's API, which runs the job settle, takes access tokens",
        "9:3 [flow -> in] warning: flow (workflows) is in another project than in, which has ingress internal: it would get 404",
      ],
    },
    "members of a set together, each kind of trouble and each callee apart": {
      text: `services: { desk: { ingress: all, iap: service }, in: , web: , app: , api: }
callers: { ana: { user: ana@acme.com }, bo: { user: bo@acme.com }, night: { scheduler: { job: x } } }
sets: { everyone: [web, app, api, ana, bo], both: [desk, in] }
trust: { everyone -> both: { reason: x, reviewed: 2026-10-01 } }
exceptions:
  - { id: E1, rule: edge-cannot-work, match: { caller: ana, service: in }, owner: t, reason: x, expires: 2027-01-01 }`,
      found: [
        "4:10 [everyone -> both] warning: ana (user) and bo (user) would have to pass the Identity-Aware Proxy in front of desk, for which a grant to call is not enough",
        "4:10 [everyone -> both] warning: ana (user) comes from the internet, and in has ingress internal: it would get 404 (E1)",
        "4:10 [everyone -> both] warning: api and 2 other members of everyone would have to pass the Identity-Aware Proxy in front of desk, for which a grant to call is not enough",
        "4:10 [everyone -> both] warning: bo (user) comes from the internet, and in has ingress internal: it would get 404",
      ],
    },
    "a grant that does not pass the proxy": {
      text: `services: { desk: { ingress: all, iap: service }, lb: { ingress: internal-and-cloud-load-balancing, iap: load-balancer }, web: }
callers: { ana: { user: ana@acme.com }, nightly: { scheduler: { job: x } } }
trust:
  ana -> desk: { reason: x, reviewed: 2026-10-01 }
  ana -> lb: { reason: x, reviewed: 2026-10-01 }
  web -> desk: x
  nightly -> lb: x
  ana -> web: { reason: x, expires: 2026-10-01 }`,
      found: [
        "4:3 [ana -> desk] warning: ana (user) would have to pass the Identity-Aware Proxy in front of desk, for which a grant to call is not enough",
        "5:3 [ana -> lb] warning: ana (user) would have to pass the Identity-Aware Proxy in front of lb, for which a grant to call is not enough",
        "6:3 [web -> desk] warning: web would have to pass the Identity-Aware Proxy in front of desk, for which a grant to call is not enough",
      ],
    },
  },
  "open-ingress": {
    "not where a caller outside needs it": {
      text: `services: { wiki: { ingress: all }, desk: { ingress: all, iap: service }, lb: { ingress: all, iap: load-balancer }, old: { ingress: all } }
callers: { ana: { user: ana@acme.com } }
trust:
  ana -> wiki: { reason: x, reviewed: 2026-10-01 }
  ana -> lb: { reason: x, reviewed: 2026-10-01, through: iap }
  ana -> old: { reason: x, expires: 2026-10-01 }`,
      found: [
        "1:81 [ingress] warning: lb takes requests from the whole internet and is not public",
        "1:124 [ingress] warning: old takes requests from the whole internet and is not public",
      ],
    },
    "a default once": {
      text: `services: { a: , b: , c: { ingress: internal }, d: { public: { reason: x } } }
defaults: { ingress: all }`,
      found: ["2:22 [all] warning: by default, 2 services that are not public take requests from the whole internet"],
    },
  },
  "grant-on-public": {
    "a set once; who is excepted is taken out, alone": {
      text: `services: { a: { public: { reason: x }, ingress: all }, b: , c: , d: , e: }
sets: { all-but-a: [b, c, d, e], later: [d, e] }
trust: { all-but-a -> a: x, b -> a: x, d -> e: x }
exceptions:
  - { id: E1, rule: grant-on-public, match: { caller: c, service: a }, owner: t, reason: x, expires: 2027-01-01 }
  - { id: E2, rule: grant-on-public, match: { caller: later }, owner: t, reason: x, expires: 2027-01-01 }
  - { id: E3, rule: grant-on-public, match: { caller: b, service: b }, owner: t, reason: x, expires: 2027-01-01 }
  - { id: E4, rule: grant-on-public, match: { caller: d }, owner: t, reason: x, expires: 2027-01-01 }`,
      found: [
        "3:10 [all-but-a -> a] warning: everybody may call a, so this edge from all-but-a (2 callers) has no effect (E2)",
        "3:10 [all-but-a -> a] warning: everybody may call a, so this edge from b has no effect",
        "3:10 [all-but-a -> a] warning: everybody may call a, so this edge from c has no effect (E1)",
        "3:29 [b -> a] warning: everybody may call a, so this edge from b has no effect",
      ],
    },
    "not for an edge that has expired": {
      text: `services: { a: { public: { reason: x }, ingress: all }, b: }
callers: { ana: { user: ana@acme.com } }
trust: { b -> a: x, ana -> a: { reason: x, expires: 2026-01-01 } }`,
      found: ["3:10 [b -> a] warning: everybody may call a, so this edge from b has no effect"],
    },
  },
  "call-cycle": {
    "not over an edge that has expired, and brief": {
      text: `services: { a: , b: , c: , ${Array.from({ length: 30 }, (_, i) => `s${i}: `).join(", ")} }
trust: { a -> b: x, b -> a: x, c -> b: x, b -> c: { reason: x, expires: 2026-01-01 }
  , ${Array.from({ length: 30 }, (_, i) => `s${i} -> s${(i + 1) % 30}: x`).join(", ")} }`,
      found: [
        "2:10 [a -> b] info: a and b call each other: a -> b -> a",
        "3:5 [s0 -> s1] info: s0, s1, s2 and 27 more call each other: s0 -> s1 -> … 27 more … -> s29 -> s0",
      ],
    },
  },
  never: {
    "the reason on one line, the place where the last step is written": {
      text: `services: { a: { public: { reason: x }, ingress: all }, b: }
trust: { a -> b: x }
rules:
  closed: { reason: "two\\n  lines", never: { from: internet, to: a } }
  far: { reason: x, never: { from: internet, to: b, reach: transitive } }`,
      found: [
        "1:18 [public] error: the rule closed forbids internet -> a (two lines)",
        "2:10 [a -> b] error: the rule far forbids internet -> a -> b (x)",
      ],
    },
  },
};

describe.each(Object.entries(cases))("%s", (rule, byTitle) => {
  test.each(Object.entries(byTitle))("%s", (_title, { text, included, found }) => {
    expect(find(rule, text, included)).toEqual(found);
  });
});
