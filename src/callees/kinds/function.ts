import type { CalleeKindDefinition } from "../callee-kind.ts";
import { cloudRunService } from "../run-resources.ts";

/**
 * A function of the second generation is a service that Cloud Functions manages, and says so. Its own policy, with
 * `roles/cloudfunctions.invoker`, opens nothing: that of the service beneath it decides. docs: /functions/docs/securing/authenticating
 */
export const functionKind: CalleeKindDefinition<"function"> = {
  ...cloudRunService,
  kind: "function",
  words: "a function of the second generation",
  terraformMakes: false,
  isMarked: (labels, annotations) =>
    labels["goog-managed-by"] === "cloudfunctions" ||
    Object.keys(annotations).some((name) => name.startsWith("cloudfunctions.googleapis.com/")),
};
