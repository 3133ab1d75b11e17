import type { SchemaError } from "../../matrix/schema/generated/validators.js";
import type { Snapshot } from "../snapshot.ts";

/** Whether a value is as schemas/snapshot.schema.json says. It stops at the first error. */
export declare const validateSnapshot: {
  (data: unknown): data is Snapshot;
  errors?: readonly (SchemaError & { readonly message: string })[] | null;
};
