import type { CalleeKindDefinition } from "../callee-kind.ts";
import { cloudRunService } from "../run-resources.ts";

export const service: CalleeKindDefinition<"service"> = {
  ...cloudRunService,
  kind: "service",
  words: "a service (default)",
  terraformMakes: true,
};
