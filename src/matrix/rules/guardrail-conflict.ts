import { calleeKinds } from "../../callees/registry.ts";
import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { Environment } from "../model/environment.ts";
import type { Guardrails } from "../schema/generated/document.ts";
import { keyAt } from "../text/place.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** A guardrail makes Google refuse the service at its next deployment; say so before. */
export const guardrailConflict: Rule = {
  id: "guardrail-conflict",
  severity: "error",
  summary: "a service that a guardrail of its environment forbids",
  stopsSynth: true,
  *check(matrix) {
    for (const { world, service, environment } of eachService(matrix)) {
      const { guardrails } = world.environment;
      if (!calleeKinds[service.kind].takesRequests || service.stage === "gone") continue;
      if (guardrails["require-invoker-check"] === true && service.public?.via === "no-invoker-check") {
        yield {
          message: `${service.key} switches its invoker check off, which the guardrail require-invoker-check forbids`,
          help: "open it with via: allUsers, or close it",
          at: fieldPlace(service, environment, "public"),
          related: [guardrailAt(world.environment, "require-invoker-check")],
          environment,
          service: service.key,
        } satisfies Draft;
      }
      const allowed = guardrails["allowed-ingress"];
      if (allowed !== undefined && !allowed.includes(service.ingress)) {
        yield {
          message: `${service.key} has ingress ${service.ingress}, and the guardrail allowed-ingress takes only ${enumerateWords(allowed, "or")}`,
          help: `change the ingress of ${service.key}, or the guardrail`,
          at: fieldPlace(service, environment, "ingress"),
          related: [guardrailAt(world.environment, "allowed-ingress")],
          environment,
          service: service.key,
        } satisfies Draft;
      }
    }
  },
};

function guardrailAt({ place }: Environment, guardrail: keyof Guardrails): NonNullable<Draft["related"]>[number] {
  return {
    message: "the guardrail stands here",
    at: keyAt(place.file, ...place.path, "guardrails", guardrail),
  };
}
