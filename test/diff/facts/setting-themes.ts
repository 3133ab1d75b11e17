import { type FactTheme, frame, people, shop } from "./fact-theme.ts";

/** Everything else that a matrix says: each pair differs only in what its name says. */
export const settingThemes: readonly FactTheme[] = [
  {
    name: "every setting of a service",
    before: `${frame}services: { shop: { environments: [prod], labels: { data: public, tier: 1 } } }`,
    after: `${frame}
services:
  shop:
    environments: [prod]
    owner: team-web
    description: Sells
    labels: { data: pci, tier: 1 }
    kind: function
    ingress: all
    iap: service
    invokerRole: roles/run.servicesInvoker
    project: pci
    regions: [us-central1, europe-west1]
    name: shop-api
    mode: observe
    image: app:1
    retired: 2027-01-31
    formerNames: [store]
`,
    facts: `
ingress-changed shop in prod: internal => all
iap-changed shop in prod: null => service
invoker-role-changed shop in prod: roles/run.invoker => roles/run.servicesInvoker
account-changed shop in prod: {email: shop-sa@acme-prod.iam.gserviceaccount.com, manage: create} => {email: store-sa@acme-pci.iam.gserviceaccount.com, manage: create}
stage-changed shop in prod: {stage: live} => {stage: retiring, retired: 2027-01-31}
mode-changed shop in prod: enforce => observe
service-kind-changed shop in prod: service => function
run-name-changed shop in prod: shop => shop-api
project-changed shop in prod: acme-prod => acme-pci
regions-changed shop in prod: [europe-west1] => [europe-west1, us-central1]
image-changed shop in prod: null => app:1
former-names-changed shop in prod: null => [store]
owner-changed shop in prod: null => team-web
labels-changed shop in prod: {data: public} => {data: pci}
description-changed shop in prod: null => Sells`,
  },
  {
    name: "previous accounts",
    before: `${frame}services: { shop: { previousAccounts: [{ email: a@acme.com, until: 2027-01-31 }, { email: b@acme.com, until: 2027-01-31 }] } }`,
    after: `${frame}services: { shop: { previousAccounts: [{ email: c@acme.com, until: 2027-01-31 }, { email: B@acme.com, until: 2027-03-31 }] } }`,
    facts: `
previous-account-added shop in prod, staging: null => {email: c@acme.com, until: 2027-01-31}
previous-account-removed shop in prod, staging: {email: a@acme.com, until: 2027-01-31} => null
previous-account-changed shop in prod, staging: {email: b@acme.com, until: 2027-01-31} => {email: b@acme.com, until: 2027-03-31}`,
  },
  {
    name: "a set gains a member, and so do the sets around it; one that changes nothing is not told",
    before: `${people}\nsets: { web: [shop], every: [web, ana], idle: [bob] }\ntrust: { every -> books: Reads, shop -> rates: Converts }`,
    after: `${people}\nsets: { web: [shop, rates], every: [web, ana], idle: [ana], one: [shop] }\ntrust: { every -> books: Reads, one -> rates: Converts }`,
    facts: `
edge-added rates -> books in prod, staging: null => {reason: Reads}
set-changed every: [] => [rates]
set-changed web: [] => [rates]`,
  },
  {
    name: "edges written with a set that is new, and with one that is gone",
    before: `${people}\nsets: { old: [ana] }\ntrust: { old -> books: Reads }`,
    after: `${people}\nsets: { new: [bob] }\ntrust: { new -> books: Reads }`,
    facts: `
edge-added bob -> books in prod, staging: null => {reason: Reads}
edge-removed ana -> books in prod, staging: {reason: Reads} => null
set-added new: null => [bob]
set-removed old: [ana] => null`,
  },
  {
    name: "rules are relaxed, dropped, added; what counts as sensitive changes with a set",
    before: `${people}
sets: { inner: [books, rates] }
sensitive: inner
rules:
  closed: { reason: Why, severity: error, never: { from: bob, to: inner, unless: { via: [shop] } } }
  gone: { reason: Old, require: { edges: { to: books }, fields: [ticket] } }
`,
    after: `${people}
sets: { inner: [books] }
sensitive: inner
rules:
  closed: { reason: Why, environments: [prod], severity: warning, never: { from: bob, to: inner, reach: direct, unless: { via: [shop] } } }
  fresh: { reason: New, never: { from: internet, to: { labels: { data: [pii, pci] } }, reach: transitive } }
`,
    facts: `
set-changed inner: [rates] => []
rule-added fresh: null => {reason: New, severity: error, never: {from: internet, to: {labels: {data: [pci, pii]}}, reach: transitive}}
rule-removed gone: {reason: Old, severity: error, require: {edges: {to: books}, fields: [ticket]}} => null
rule-changed closed: {never: {from: bob, to: [books, rates], reach: direct, unless: {via: [shop]}}, severity: error} => {environments: [prod], never: {from: bob, to: books, reach: direct, unless: {via: [shop]}}, severity: warning}
sensitive-changed the matrix: [books, rates] => books`,
  },
  {
    name: "exceptions, inherited access, teams, severities, Terraform",
    before: `${shop}
owners: { team-web: { github: "@acme/web" }, team-books: { contact: "#books" } }
exceptions:
  - { id: EX-1, rule: expired, match: { service: books }, owner: team-web, reason: So, expires: 2027-01-31 }
  - { id: EX-2, rule: expired, match: { service: shop }, owner: team-web, reason: So, expires: 2027-01-31 }
inherited:
  ci: { principal: "user:ci@acme.com", role: roles/run.admin, at: [projects/acme-prod], reason: Deploys }
  old: { principal: "user:old@acme.com", role: roles/run.admin, at: [projects/acme-prod], reason: Deploys }
lint: { unused-caller: off }
`,
    after: `${shop}
owners: { team-web: { github: "@acme/all" }, team-new: {} }
exceptions:
  - { id: EX-3, rule: expired, match: { service: shop }, owner: team-web, reason: So, expires: 2027-01-31 }
  - { id: EX-1, rule: expired, match: { service: [shop, books] }, owner: team-web, reason: So, expires: 2027-06-30 }
inherited:
  ci: { principal: "user:ci@acme.com", role: roles/run.admin, at: [projects/acme-prod, folders/1], reason: Deploys }
  new: { principal: "user:new@acme.com", role: roles/run.admin, at: [projects/acme-prod], reason: Deploys }
lint: { expired: warning }
terraform: { checks: true }
`,
    facts: `
exception-added EX-3: null => {rule: expired, match: {service: shop}, owner: team-web, reason: So, expires: 2027-01-31}
exception-removed EX-2: {rule: expired, match: {service: shop}, owner: team-web, reason: So, expires: 2027-01-31} => null
exception-changed EX-1: {expires: 2027-01-31, match: {service: books}} => {expires: 2027-06-30, match: {service: [books, shop]}}
inherited-added new: null => {principal: user:new@acme.com, role: roles/run.admin, at: [projects/acme-prod], reason: Deploys}
inherited-removed old: {principal: user:old@acme.com, role: roles/run.admin, at: [projects/acme-prod], reason: Deploys} => null
inherited-changed ci: {at: [projects/acme-prod]} => {at: [folders/1, projects/acme-prod]}
team-added team-new: null => {}
team-removed team-books: {contact: #books} => null
team-changed team-web: {github: @acme/web} => {github: @acme/all}
lint-changed expired: null => warning
lint-changed unused-caller: off => null
terraform-changed the matrix: null => {checks: true}`,
  },
  {
    name: "an environment comes, another goes, one moves",
    before: `
version: 1
environments: { dev: { project: acme-dev }, prod: { project: acme-prod, scope: [folders/1] } }
`,
    after: `
version: 1
environments:
  qa: { project: acme-qa, guardrails: { forbid-account-keys: true } }
  prod: { projects: { core: { id: acme-prod, number: 1, stack: core }, pci: { id: acme-pci } }, guardrails: { allowed-ingress: [internal], require-invoker-check: false } }
`,
    facts: `
environment-added qa in qa: null => {projects: {acme-qa: {stack: qa}}, guardrails: {forbid-account-keys: true}}
environment-removed dev in dev: {projects: {acme-dev: {stack: dev}}} => null
environment-changed prod in prod: {projects: {acme-prod: {stack: prod}}, scope: [folders/1]} => {projects: {acme-pci: {stack: prod}, acme-prod: {number: 1, stack: core}}, scope: [projects/acme-pci, projects/acme-prod]}
guardrails-changed prod in prod: null => {allowed-ingress: [internal]}`,
  },
  {
    name: "the same said otherwise",
    before: `${people}
sets: { both: [shop, rates] }
trust:
  both -> books: { reason: Reads, expires: 2027-01-31 }
  ana -> rates: Looks
rules: { closed: { reason: Why, never: { from: both, to: { labels: { data: pci } } } } }
exceptions: [{ id: EX-1, rule: closed, match: { caller: both }, owner: team-web, reason: So, expires: 2027-01-31 }]
`,
    after: `${people}
x-note: nobody reads this
defaults: { ingress: internal, mode: enforce }
trust:
  shop -> books: { expires: "2027-02-01T00:00Z", reason: Reads, x-by: me }
  rates -> books:
    - { environments: [staging], reason: Reads, expires: 2027-01-31 }
    - { environments: [prod], reason: Reads, expires: 2027-01-31 }
  ana -> rates: { reason: Looks, environments: [staging, prod] }
rules: { closed: { reason: Why, environments: [staging, prod], severity: error, never: { from: [rates, shop], reach: direct, to: { labels: { data: [pci] } } } } }
exceptions: [{ id: EX-1, rule: closed, match: { caller: [rates, shop] }, owner: team-web, reason: So, expires: "2027-01-31T23:00-01:00" }]
`,
    facts: "",
  },
];
