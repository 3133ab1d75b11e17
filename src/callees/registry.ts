import type { Kind } from "../matrix/schema/generated/document.ts";
import type { CalleeKindDefinition } from "./callee-kind.ts";
import { functionKind } from "./kinds/function.ts";
import { job } from "./kinds/job.ts";
import { service } from "./kinds/service.ts";

/** Every kind of callee, in the order in which docs list them. A new one is a file in kinds/ and a line here. */
export const calleeKinds: { readonly [K in Kind]: CalleeKindDefinition<K> } = {
  service,
  job,
  function: functionKind,
};
