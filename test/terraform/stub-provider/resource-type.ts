import type { Google } from "./google/google.ts";
import type { BlockSchema } from "./schemas/schema.ts";
import type { ObjectValue, Value } from "./wire/value.ts";

/** What a resource's code may use: Google, and what the provider block says. */
export interface Context {
  readonly google: Google;
  readonly settings: ObjectValue;
}

export interface Complaint {
  readonly attribute: string;
  readonly message: string;
}

/** A managed resource, with its arguments and attributes as plain values. */
export interface ResourceType {
  readonly schema: BlockSchema;
  /** Looks at the configuration, of which parts may be unknown. */
  readonly validate?: (config: ObjectValue) => readonly Complaint[];
  /** Whether a change of this argument means nothing, so that the plan keeps the prior value. */
  readonly suppress?: Readonly<Record<string, (prior: Value, planned: Value) => boolean>>;
  /** Sets what the provider knows before the apply, after the planner's general rules. */
  readonly refinePlan?: (context: Context, planned: ObjectValue, prior: ObjectValue | null) => ObjectValue;
  /** Creates it and returns what `read` needs to find it again. */
  readonly create: (context: Context, planned: ObjectValue) => ObjectValue;
  /** The state after a look at Google; null where it is gone. */
  readonly read: (context: Context, state: ObjectValue) => ObjectValue | null;
  readonly update: (context: Context, planned: ObjectValue, prior: ObjectValue) => ObjectValue;
  readonly remove: (context: Context, prior: ObjectValue) => void;
  /** The beginning of a state, from an import id. Throws an Error that says what is wrong with it. */
  readonly parseImportId: (context: Context, id: string) => ObjectValue;
}

export interface DataSourceType {
  readonly schema: BlockSchema;
  readonly read: (context: Context, config: ObjectValue) => ObjectValue;
}
