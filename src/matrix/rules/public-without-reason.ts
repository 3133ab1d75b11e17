import type { Draft } from "../../finding/draft.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Opening a service to everybody is the one decision that must say why. */
export const publicWithoutReason: Rule = {
  id: "public-without-reason",
  severity: "error",
  summary: "a public service without a reason",
  stopsSynth: false,
  *check(matrix) {
    for (const { service, environment } of eachService(matrix)) {
      if (service.public === undefined || service.public.reason !== undefined) continue;
      yield {
        message: `${service.key} is public without a reason`,
        help: "add a reason under public",
        at: fieldPlace(service, environment, "public"),
        environment,
        service: service.key,
      } satisfies Draft;
    }
  },
};
