import type { Draft } from "../../finding/draft.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** The network lets everybody knock at a door that is not meant for everybody. */
export const openIngress: Rule = {
  id: "open-ingress",
  severity: "warning",
  summary: "ingress `all` on a service that is not public",
  stopsSynth: false,
  *check(matrix) {
    for (const { service, environment } of eachService(matrix)) {
      if (
        service.kind === "job" ||
        service.ingress !== "all" ||
        service.public !== undefined ||
        service.stage === "gone"
      )
        continue;
      yield {
        message: `${service.key} takes requests from the whole internet and is not public`,
        help: "use internal or internal-and-cloud-load-balancing, unless a caller outside Google Cloud needs it",
        at: fieldPlace(service, environment, "ingress"),
        environment,
        service: service.key,
      } satisfies Draft;
    }
  },
};
