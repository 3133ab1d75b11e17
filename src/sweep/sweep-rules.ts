/** What is found, the most telling first: where two rules see the same value, the first names it. */
export const sweepRules = {
  "service-account-key": { severity: "error", summary: "a key of a service account" },
  "private-key": { severity: "error", summary: "a private key" },
  "known-token": { severity: "error", summary: "a token or key in the form of its provider" },
  "uri-password": { severity: "error", summary: "a password in a URI or connection string" },
  "signing-key": { severity: "error", summary: "a key that signs: HMAC, JWT, sessions, webhooks" },
  "named-secret": { severity: "error", summary: "a value whose name says that it is secret" },
  "kubernetes-secret": { severity: "error", summary: "a value of a Kubernetes Secret" },
  "shared-value": { severity: "warning", summary: "a random value that several services are given" },
} as const satisfies Readonly<Record<string, { readonly severity: "error" | "warning"; readonly summary: string }>>;

export type SweepRule = keyof typeof sweepRules;

const order = Object.keys(sweepRules);

/** Less than zero where the first rule tells more. */
export function compareRules(a: SweepRule, b: SweepRule): number {
  return order.indexOf(a) - order.indexOf(b);
}
