import { guardPlan } from "../../src/guard/guard-plan.ts";
import type { GuardReport } from "../../src/guard/guard-report.ts";
import { readPlan } from "../../src/guard/read-plan.ts";
import { type MatrixText, validate } from "../synth/synthesize.ts";

/** The shop of most tests: one row that is enforced, one that is added to, one behind the proxy, a job, and a public one. */
export const SHOP = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1], scope: [projects/acme-prod, folders/42] }
defaults: { ingress: internal, mode: enforce }
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
  mailer: { owner: team-mail, mode: add }
  admin: { owner: team-ops, ingress: all, iap: service }
  shop: { owner: team-web, ingress: all, public: { reason: Customers browse } }
  settle: { owner: team-payments, kind: job }
callers:
  ops: { owner: team-ops, group: ops@acme.example }
  nightly: { owner: team-payments, serviceAccount: nightly@acme-batch.iam.gserviceaccount.com }
inherited:
  breakglass:
    { principal: "group:sre@acme.example", role: roles/run.admin, at: [projects/acme-prod], reason: Incidents }
trust:
  checkout -> billing: Charges cards
  checkout -> mailer: Sends receipts
  shop -> checkout: Places orders
  ops -> admin: { reason: Looks after orders, through: iap, expires: 2027-03-31 }
  nightly -> settle: Settles each night
`;

const known = new Map<MatrixText, ReturnType<typeof validate>>();

/** What a plan would do to a matrix. */
export function guarded(plan: unknown, matrix: MatrixText = SHOP, isStrict = false): GuardReport {
  const validated = known.get(matrix) ?? validate(matrix);
  known.set(matrix, validated);
  const read = readPlan(typeof plan === "string" ? plan : JSON.stringify(plan), "plan.json");
  if (validated.matrix === undefined) throw new Error("not a matrix");
  if ("problem" in read) throw new Error(read.problem);
  return guardPlan({
    matrix: validated.matrix,
    name: validated.name,
    planName: "plan.json",
    worlds: validated.matrix.worlds,
    plan: read,
    isStrict,
    locate: validated.locate,
  });
}

/** Findings in short: `rule (certainty) address principal`, what stands already behind a tilde. */
export function told({ findings }: GuardReport): readonly string[] {
  return findings.map(({ rule, certainty, already, address, principal }) =>
    [
      already ? "~" : "",
      rule,
      certainty === "certain" ? "" : ` ${certainty}`,
      ` ${address}`,
      principal === null ? "" : ` ${principal}`,
    ].join(""),
  );
}

export type Action = "create" | "update" | "delete" | "no-op" | "forget";

interface Instance {
  readonly type: string;
  readonly name?: string;
  readonly index?: string | number;
  readonly module?: string;
  readonly mode?: "managed" | "data";
  readonly actions?: readonly Action[] | readonly ["read"];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly unknown?: object | boolean;
  readonly sensitive?: object | boolean;
  readonly deposed?: string;
  readonly importing?: object;
}

/** A resource change as Terraform shows it: created, unless told otherwise. */
export function change({
  type,
  name = "x",
  index,
  module,
  mode = "managed",
  actions = ["create"],
  before = null,
  after = null,
  unknown = {},
  sensitive = {},
  deposed,
  importing,
}: Instance): object {
  const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
  return {
    address: `${module === undefined ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}${key}`,
    ...(module === undefined ? {} : { module_address: module }),
    mode,
    type,
    name,
    ...(index === undefined ? {} : { index }),
    ...(deposed === undefined ? {} : { deposed }),
    provider_name: "registry.terraform.io/hashicorp/google",
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
      ...(importing === undefined ? {} : { importing }),
    },
  };
}

/** A plan of some changes, with as little around them as Terraform writes. */
export function planOf(changes: readonly object[], more: object = {}): object {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: {} },
    ...more,
  };
}

const at = { project: "acme-prod", location: "europe-west1" } as const;
export const CHECKOUT = "serviceAccount:checkout-sa@acme-prod.iam.gserviceaccount.com";
export const INVOKER = "roles/run.invoker";

/** A member of a row of a service. */
export function member(name: string, principal: string, more: object = {}): object {
  return { ...at, name, role: INVOKER, member: principal, condition: [], ...more };
}

export function binding(name: string, members: readonly string[], more: object = {}): object {
  return { ...at, name, role: INVOKER, members, condition: [], ...more };
}
