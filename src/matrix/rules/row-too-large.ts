import type { Draft } from "../../finding/draft.ts";
import { rowMembers } from "../model/row-members.ts";
import type { Rule } from "./rule.ts";

/** Limits of one allow policy (cloud.google.com/iam/quotas). */
const MAX_PRINCIPALS = 1500;
const MAX_GROUPS = 250;

/** Google refuses a policy with more members. */
export const rowTooLarge: Rule = {
  id: "row-too-large",
  severity: "error",
  summary: `more than ${MAX_PRINCIPALS} members or ${MAX_GROUPS} groups on one row`,
  stopsSynth: true,
  *check({ worlds, asOf }) {
    for (const world of worlds) {
      for (const [key, members] of rowMembers(world, asOf)) {
        const groups = members.filter(({ principal }) => principal.startsWith("group:")).length;
        if (members.length <= MAX_PRINCIPALS && groups <= MAX_GROUPS) continue;
        const service = world.services.get(key);
        if (service === undefined) continue;
        yield {
          message: `the row of ${key} would hold ${members.length} members, ${groups} of them groups; Google takes ${MAX_PRINCIPALS} and ${MAX_GROUPS}`,
          help: "put callers into a group, or split the service",
          at: service.declared.place,
          environment: world.environment.name,
          service: key,
        } satisfies Draft;
      }
    }
  },
};
