import type { CalleeKindDefinition } from "../callee-kind.ts";
import { cloudRunJob } from "../run-resources.ts";

export const job: CalleeKindDefinition<"job"> = {
  ...cloudRunJob,
  kind: "job",
  words: "a job",
  terraformMakes: false,
};
