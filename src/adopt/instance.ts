import type { InvokerRole, Kind } from "../matrix/schema/generated/document.ts";
import type { LiveIngress } from "../snapshot/snapshot.ts";

/** One service, job or function in one region, in the words of the language. */
export interface Instance {
  /** `projects/P/locations/R/services/S`, or `…/jobs/J`. */
  readonly resource: string;
  readonly project: string;
  readonly region: string;
  readonly name: string;
  readonly kind: Kind;
  readonly labels: Readonly<Record<string, string>>;
  /** What it runs as; undefined where that was not read. */
  readonly account: string | undefined;
  readonly ingress: LiveIngress;
  readonly open: "allUsers" | "no-invoker-check" | undefined;
  readonly iap: boolean;
  /** The role whose members are its row. */
  readonly role: InvokerRole;
  /** Who stands in the row and can be a declared caller, as principals. Sorted, each once. */
  readonly members: readonly string[];
  /** Who passes Identity-Aware Proxy by the service's own policy, and stands not in the row. Sorted, each once. */
  readonly throughIap: readonly string[];
  /** Whether everything that decides who calls it was read. */
  readonly isWhole: boolean;
  /** Why Terraform cannot hold the row exactly as it is. Empty: it can. */
  readonly obstacles: readonly string[];
  /** What other Terraform states manage of the row, in words. */
  readonly rowElsewhere: readonly string[];
  /** What other Terraform states manage of the account. */
  readonly accountElsewhere: readonly string[];
}

/** What must be equal for two regions to be one service of the matrix. Who else manages them has a name in each. */
export function factsOf(instance: Instance): string {
  const { resource: _resource, region: _region, labels: _labels, rowElsewhere, accountElsewhere, ...facts } = instance;
  return JSON.stringify([facts, rowElsewhere.length > 0, accountElsewhere.length > 0]);
}
