/** What a change can be about. Edges are one subject, named as the matrix writes them: `caller -> callee`. */
export type ChangeSubject =
  | "edge"
  | "service"
  | "caller"
  | "name"
  | "set"
  | "rule"
  | "exception"
  | "inherited"
  | "environment"
  | "owner"
  | "lint"
  | "matrix";

/** Every kind of change, in the order in which changes are shown, with what it is about. `name` is a service or a caller. */
export const changeKinds = {
  "environment-added": "environment",
  "environment-removed": "environment",
  "environment-changed": "environment",
  "guardrails-changed": "environment",
  "service-removed": "service",
  "service-added": "service",
  "service-renamed": "service",
  "caller-removed": "caller",
  "caller-added": "caller",
  "caller-renamed": "caller",
  "edge-added": "edge",
  "edge-removed": "edge",
  "expiry-changed": "edge",
  "through-changed": "edge",
  "reason-changed": "edge",
  "ticket-changed": "edge",
  "review-changed": "edge",
  "public-added": "service",
  "public-removed": "service",
  "public-changed": "service",
  "ingress-changed": "service",
  "iap-changed": "service",
  "invoker-role-changed": "service",
  "identity-changed": "caller",
  "account-changed": "name",
  "previous-account-added": "service",
  "previous-account-removed": "service",
  "previous-account-changed": "service",
  "stage-changed": "service",
  "mode-changed": "service",
  "service-kind-changed": "service",
  "run-name-changed": "service",
  "project-changed": "service",
  "regions-changed": "service",
  "image-changed": "service",
  "former-names-changed": "service",
  "owner-changed": "name",
  "labels-changed": "name",
  "description-changed": "name",
  "set-added": "set",
  "set-removed": "set",
  "set-changed": "set",
  "rule-added": "rule",
  "rule-removed": "rule",
  "rule-changed": "rule",
  "exception-added": "exception",
  "exception-removed": "exception",
  "exception-changed": "exception",
  "inherited-added": "inherited",
  "inherited-removed": "inherited",
  "inherited-changed": "inherited",
  "team-added": "owner",
  "team-removed": "owner",
  "team-changed": "owner",
  "sensitive-changed": "matrix",
  "lint-changed": "lint",
  "terraform-changed": "matrix",
} as const satisfies Readonly<Record<string, ChangeSubject>>;

export type ChangeKind = keyof typeof changeKinds;
