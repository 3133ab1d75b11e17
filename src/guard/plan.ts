import type { PlanAction } from "./guard-report.ts";

/** Plain data of a plan, by key. */
export type Values = Readonly<Record<string, unknown>>;

/** A Terraform plan, as far as access is concerned. */
export interface TerraformPlan {
  readonly terraformVersion: string | null;
  /** Whether matrix wrote the configuration: it has the output that matrix writes. */
  readonly isOurs: boolean;
  readonly isWhole: boolean;
  readonly changes: readonly PlanChange[];
  /** The same by address; an instance that is deposed is not among them. */
  readonly byAddress: ReadonlyMap<string, PlanChange>;
  /** What data sources gave before the plan, by address. */
  readonly read: ReadonlyMap<string, PlanChange>;
  /** Values of the variables of the root module. */
  readonly variables: Values;
  readonly configuration: Values;
}

/** One instance of a resource, and what becomes of it. */
export interface PlanChange {
  readonly address: string;
  /** The path of its module with keys; empty for the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index: string | number | undefined;
  readonly isData: boolean;
  readonly isDeposed: boolean;
  readonly action: PlanAction;
  /** Undefined where there is none. */
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  /** In the shape of the value: true where it is known after apply only, or sensitive. */
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

export function asValues(value: unknown): Values {
  // Any object can be read by key; what is found is checked again.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOr(value: unknown, otherwise = ""): string {
  return typeof value === "string" ? value : otherwise;
}

/** What an object holds of its own: no key of a plan finds what every object has. */
export function own(values: Values, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
