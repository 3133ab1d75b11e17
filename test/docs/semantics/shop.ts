import type { DriftReport } from "../../../src/drift/drift-report.ts";
import type { Binding, Snapshot } from "../../../src/snapshot/snapshot.ts";
import type { TinyService } from "../../access/tiny-world.ts";
import { type DriftOptions, driftOf } from "../../drift/drift-of.ts";
import { invoker, live, type LiveWorld, sa, world } from "../../drift/live-world.ts";

/** One edge: checkout calls billing. */
export const matrix = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments, labels: { data: pci } }
trust:
  checkout -> billing: Charges cards
`;

export const checkout = sa("checkout");
export const dana = "user:dana@acme.example";
export const billingResource = "projects/acme-prod/locations/europe-west1/services/billing";

export interface Shop {
  /** Who holds the row of billing. */
  readonly billing?: readonly string[];
  /** What else is bound on billing. */
  readonly more?: readonly Binding[];
  readonly fields?: TinyService;
  readonly world?: LiveWorld;
}

export function shop({ billing = [], more = [], fields = {}, world: rest = {} }: Shop): Snapshot {
  const row = billing.length === 0 ? [] : [invoker(...billing)];
  return world({ services: [live("checkout"), live("billing", [...row, ...more], fields)], ...rest });
}

export function report(parts: Shop, text = matrix, options?: DriftOptions): DriftReport {
  return driftOf(text, shop(parts), options);
}

/** What is found: `severity rule` each. */
export function found(parts: Shop, text = matrix, options?: DriftOptions): readonly string[] {
  return report(parts, text, options).findings.map(({ severity, rule }) => `${severity} ${rule}`);
}
