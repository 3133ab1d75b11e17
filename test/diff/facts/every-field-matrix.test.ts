import type {
  Environment,
  EnvironmentProject,
  Exception,
  ExceptionMatch,
  GuardrailRule,
  Guardrails,
  InheritedAccess,
  MatrixDocument,
  NeverRule,
  Owner,
  RequireRule,
  SelectorConditions,
  Terraform,
} from "../../../src/matrix/schema/generated/document.ts";
import { everyField } from "./every-field.ts";

everyField<MatrixDocument>("the matrix", [], {
  version: "nothing",
  include: "nothing",
  owners: [{}, "team-removed"],
  sensitive: ["books", "sensitive-changed"],
  environments: "nothing",
  terraform: [undefined, "terraform-changed"],
  defaults: [{ mode: "add" }, "mode-changed"],
  services: [{ books: {} }, "service-removed", "public-removed", "edge-removed", "owner-changed"],
  callers: [{}, "caller-removed", "edge-removed"],
  sets: "nothing",
  trust: [{}, "edge-removed"],
  inherited: [{}, "inherited-removed"],
  rules: [{}, "rule-removed"],
  exceptions: [[], "exception-removed"],
  lint: [{ "unused-caller": "error", expired: "warning" }, "lint-changed"],
});

everyField<Environment>("an environment", ["environments", "staging"], {
  project: ["acme-other", "environment-changed", "project-changed", "account-changed", "identity-changed"],
  number: ["33", "environment-changed"],
  projects: "nothing",
  regions: [["us-central1"], "regions-changed"],
  scope: [["folders/1"], "environment-changed"],
  backend: [{ gcs: { bucket: "b" } }, "environment-changed"],
  guardrails: [{ "forbid-account-keys": true }, "guardrails-changed"],
});

everyField<EnvironmentProject>("a project", ["environments", "prod", "projects", "pci"], {
  id: ["acme-pci-2", "environment-changed"],
  number: ["22", "environment-changed"],
  stack: ["own", "environment-changed"],
  backend: [{ gcs: { bucket: "b" } }, "environment-changed"],
});

everyField<Guardrails>("guardrails", ["environments", "prod", "guardrails"], {
  "require-invoker-check": [true, "guardrails-changed"],
  "allowed-ingress": [["internal"], "guardrails-changed"],
  "forbid-account-keys": [true, "guardrails-changed"],
});

everyField<Terraform>("terraform", ["terraform"], {
  google: ["~> 7.22", "terraform-changed"],
  checks: [true, "terraform-changed"],
});

everyField<Owner>("an owner", ["owners", "team-a"], {
  github: ["@acme/b", "team-changed"],
  contact: ["#b", "team-changed"],
});

everyField<InheritedAccess>("inherited access", ["inherited", "deployers"], {
  principal: ["user:cd@acme.com", "inherited-changed"],
  role: ["roles/run.developer", "inherited-changed"],
  at: [["folders/1"], "inherited-changed"],
  owner: ["team-a", "inherited-changed"],
  reason: ["Ships", "inherited-changed"],
  ticket: ["OPS-1", "inherited-changed"],
  expires: ["2027-01-31", "inherited-changed"],
});

everyField<GuardrailRule>("a rule", ["rules", "closed"], {
  reason: ["Because", "rule-changed"],
  environments: [["prod"], "rule-changed"],
  severity: ["warning", "rule-changed"],
  approvers: [["team-b"], "rule-changed"],
  never: [{ from: "ana", to: "books" }, "rule-changed"],
  require: "nothing",
});

everyField<NeverRule>("a never rule", ["rules", "closed", "never"], {
  from: ["pod", "rule-changed"],
  to: ["books", "rule-changed"],
  reach: ["transitive", "rule-changed"],
  unless: [{ via: ["shop"] }, "rule-changed"],
});

everyField<SelectorConditions>("a selector", ["rules", "closed", "never", "to"], {
  labels: [{ data: ["pci", "pii"] }, "rule-changed"],
  owner: ["team-a", "rule-changed"],
  kind: ["job", "rule-changed"],
  not: ["night", "rule-changed"],
  any: [["books"], "rule-changed"],
  all: [["books"], "rule-changed"],
});

everyField<RequireRule>("a require rule", ["rules", "paper", "require"], {
  edges: [{ from: "ana", to: "books" }, "rule-changed"],
  fields: [["ticket", "reviewed"], "rule-changed"],
});

everyField<Exception>("an exception", ["exceptions", 0], {
  id: ["EX-2", "exception-added", "exception-removed"],
  rule: ["expired", "exception-changed"],
  match: [{ service: ["books", "shop"] }, "exception-changed"],
  owner: ["team-b", "exception-changed"],
  approvedBy: ["team-b", "exception-changed"],
  reason: ["Much later", "exception-changed"],
  ticket: ["SEC-2", "exception-changed"],
  expires: ["2027-02-28", "exception-changed"],
});

everyField<ExceptionMatch>("what an exception matches", ["exceptions", 0, "match"], {
  service: ["shop", "exception-changed"],
  caller: ["ana", "exception-changed"],
  environment: ["prod", "exception-changed"],
  principal: ["user:x@acme.com", "exception-changed"],
  resource: ["//run", "exception-changed"],
  role: ["roles/owner", "exception-changed"],
  fingerprint: ["abcdef012345", "exception-changed"],
});
