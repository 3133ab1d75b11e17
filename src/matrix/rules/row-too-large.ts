import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { rowMembers } from "../model/row-members.ts";
import type { World } from "../model/world.ts";
import { keyAt } from "../text/place.ts";
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
      yield* tooManyEdges(world);
      for (const [key, members] of rowMembers(world, asOf)) {
        const groups = members.filter(({ principal }) => principal.startsWith("group:")).length;
        if (members.length <= MAX_PRINCIPALS && groups <= MAX_GROUPS) continue;
        const service = world.services.get(key);
        if (service === undefined) continue;
        const isTooLong = members.length > MAX_PRINCIPALS;
        const limits = [
          ...(isTooLong ? [`${members.length} members, of which Google takes ${MAX_PRINCIPALS}`] : []),
          ...(groups > MAX_GROUPS ? [`${groups} groups, of which Google takes ${MAX_GROUPS}`] : []),
        ];
        yield {
          message: `the row of ${key} would hold ${enumerateWords(limits, "and")}`,
          help: isTooLong
            ? "put callers into a group, or split the service"
            : "put the groups into one, or split the service",
          at: service.declared.place,
          environment: world.environment.name,
          service: key,
        } satisfies Draft;
      }
    }
  },
};

/** A few lines with large sets on both sides can mean more edges than any row could hold. */
function* tooManyEdges({ environment, overflow }: World): Iterable<Draft> {
  if (overflow === undefined) return;
  yield {
    message: `with ${overflow.key}, sets multiply into more than a million edges, and no further edge is judged`,
    help: "use smaller sets, or a group",
    at: keyAt(overflow.file, "trust", overflow.key),
    environment: environment.name,
  };
}
