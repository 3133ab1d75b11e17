import { type FactTheme, frame, people, shop } from "./fact-theme.ts";

/** Who may call whom, and who is who: each pair differs only in what its name says. */
export const accessThemes: readonly FactTheme[] = [
  {
    name: "an edge comes, in one environment only",
    before: shop,
    after: `${shop}\ntrust: { shop -> books: { reason: Buys, environments: [prod], expires: 2027-01-31, through: iap } }`,
    facts: `
edge-added shop -> books in prod: null => {reason: Buys, expires: 2027-01-31, through: iap}`,
  },
  {
    name: "an edge goes, from all",
    before: `${shop}\ntrust: { shop -> books: { reason: Buys, ticket: SEC-1, reviewed: 2026-10-01 } }`,
    after: shop,
    facts: `
edge-removed shop -> books in prod, staging: {reason: Buys, ticket: SEC-1, reviewed: 2026-10-01} => null`,
  },
  {
    name: "an edge is told apart by environment",
    before: `${shop}\ntrust: { shop -> books: Buys }`,
    after: `${shop}
trust:
  shop -> books:
    - { environments: [staging], reason: Tries, expires: 2027-01-31 }
    - { environments: [prod], reason: Buys, ticket: SEC-1, reviewed: 2026-10-01, through: iap }
`,
    facts: `
expiry-changed shop -> books in staging: null => 2027-01-31
through-changed shop -> books in prod: null => iap
reason-changed shop -> books in staging: Buys => Tries
ticket-changed shop -> books in prod: null => SEC-1
review-changed shop -> books in prod: null => 2026-10-01`,
  },
  {
    name: "a service comes, open to everybody",
    before: shop,
    after: `${shop}  front: { owner: team-web, environments: [prod], project: pci, ingress: all, mode: add, public: { reason: Browsing } }\n`,
    facts: `
service-added front in prod: null => {owner: team-web, project: acme-pci, regions: [europe-west1], account: {email: front-sa@acme-pci.iam.gserviceaccount.com, manage: create}, ingress: all, public: {via: allUsers, reason: Browsing}, mode: add}
public-added front in prod: null => {via: allUsers, reason: Browsing}`,
  },
  {
    name: "a service leaves an environment, with its edges",
    before: `${shop}\ntrust: { shop -> rates: Converts, rates -> books: Books }`,
    after: `${shop}\ntrust: { shop -> rates: Converts, rates -> books: Books }`.replace(
      "rates: { owner: team-books }",
      "rates: { owner: team-books, environments: [staging] }",
    ),
    facts: `
service-removed rates in prod: {owner: team-books, project: acme-prod, regions: [europe-west1], account: {email: rates-sa@acme-prod.iam.gserviceaccount.com, manage: create}} => null
edge-removed rates -> books in prod: {reason: Books} => null
edge-removed shop -> rates in prod: {reason: Converts} => null`,
  },
  {
    name: "a service closes, another opens otherwise",
    before: `${frame}services: { a: { public: { reason: Old } }, b: { public: { reason: Old } } }`,
    after: `${frame}services: { a: {}, b: { public: { reason: Old, via: no-invoker-check } } }`,
    facts: `
public-removed a in prod, staging: {via: allUsers, reason: Old} => null
public-changed b in prod, staging: {via: allUsers, reason: Old} => {via: no-invoker-check, reason: Old}`,
  },
  {
    name: "a service is renamed, and all that names it",
    before: `${people}
sets: { every: [shop, ana] }
trust: { every -> rates: Reads, rates -> books: Books }
rules: { closed: { reason: Why, never: { from: [rates, bob], to: books, unless: { via: [rates] } } } }
exceptions: [{ id: EX-1, rule: closed, match: { service: books, caller: rates }, owner: team-web, reason: So, expires: 2027-01-31 }]
sensitive: [rates, books]
`,
    after: `${people}
sets: { every: [shop, ana] }
trust: { every -> fx: Reads, fx -> books: Books }
rules: { closed: { reason: Why, never: { from: [fx, bob], to: books, unless: { via: [fx] } } } }
exceptions: [{ id: EX-1, rule: closed, match: { service: books, caller: fx }, owner: team-web, reason: So, expires: 2027-01-31 }]
sensitive: [fx, books]
`.replace("rates: { owner: team-books }", "fx: { owner: team-books, formerNames: [rates] }"),
    facts: `
service-renamed fx in prod, staging: rates => fx`,
  },
  {
    name: "a service takes back its former name",
    before: `${frame}services: { fx: { formerNames: [rates] } }`,
    after: `${frame}services: { rates: {} }`,
    facts: `
service-renamed rates in prod, staging: fx => rates`,
  },
  {
    name: "a key changes without a former name: another service",
    before: `${frame}services: { forex: {} }`,
    after: `${frame}services: { rates: {} }`,
    facts: `
service-removed forex in prod: {project: acme-prod, regions: [europe-west1], account: {email: forex-sa@acme-prod.iam.gserviceaccount.com, manage: create}} => null
service-removed forex in staging: {project: acme-staging, regions: [europe-west1], account: {email: forex-sa@acme-staging.iam.gserviceaccount.com, manage: create}} => null
service-added rates in prod: null => {project: acme-prod, regions: [europe-west1], account: {email: rates-sa@acme-prod.iam.gserviceaccount.com, manage: create}}
service-added rates in staging: null => {project: acme-staging, regions: [europe-west1], account: {email: rates-sa@acme-staging.iam.gserviceaccount.com, manage: create}}`,
  },
  {
    name: "a caller is renamed and keeps what it may",
    before: `${people}\ntrust: { ana -> books: Looks }`,
    after: `${people}\ntrust: { anna -> books: Looks }`.replace("ana:", "anna:"),
    facts: `
caller-renamed anna in prod, staging: ana => anna`,
  },
  {
    name: "callers come and go, and one becomes somebody else",
    before: people,
    after: `${shop}
callers:
  bob: { group: team@acme.com }
  pod: { owner: team-web, gke: { project: pci, namespace: risk, serviceAccount: scorer }, environments: [prod] }
`,
    facts: `
caller-removed ana in prod, staging: {kind: user, principal: user:ana@acme.com} => null
caller-added pod in prod: null => {kind: gke, gke: {project: acme-pci, namespace: risk, serviceAccount: scorer}, owner: team-web, account: {email: pod-sa@acme-pci.iam.gserviceaccount.com, manage: create}}
identity-changed bob in prod, staging: {kind: user, principal: user:bob@acme.com} => {kind: group, principal: group:team@acme.com}`,
  },
  {
    name: "a workload moves to another namespace, under another account",
    before: `${frame}callers: { pod: { gke: { namespace: risk, serviceAccount: scorer }, account: { id: scorer-run } } }`,
    after: `${frame}callers: { pod: { gke: { namespace: fraud, serviceAccount: scorer }, account: { email: scorer@acme-hr.iam.gserviceaccount.com } } }`,
    facts: `
identity-changed pod in prod, staging: {kind: gke, namespace: risk} => {kind: gke, namespace: fraud}
account-changed pod in prod: {email: scorer-run@acme-prod.iam.gserviceaccount.com, manage: create} => {email: scorer@acme-hr.iam.gserviceaccount.com}
account-changed pod in staging: {email: scorer-run@acme-staging.iam.gserviceaccount.com, manage: create} => {email: scorer@acme-hr.iam.gserviceaccount.com}`,
  },
];
