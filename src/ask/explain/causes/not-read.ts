import { serviceResource } from "../../../access/run-resource.ts";
import type { Cause } from "../case.ts";

/** What was not read may hold the answer. */
export const notRead: Cause = {
  id: "not-read",
  title: "what decides was not read",
  statuses: [401, 403, 404],
  needs: "live",
  find({ callee: { name, kind, service }, caller, groups, live }) {
    // Where only a group hides who is in it, all else was read.
    const isGroup = groups.length > 0;
    const unread = (live?.regions ?? []).filter(
      ({ at, verdict }) => at === "unread" || (verdict === "unknown" && !isGroup),
    );
    if (unread.length === 0 && groups.length === 0) return undefined;
    return {
      likelihood: "likely",
      evidence: [
        ...unread.map(({ region, at }) =>
          at === "unread"
            ? `whether ${service === undefined ? name : serviceResource(service.project.id, { kind, region, name: service.name })} runs was not read`
            : `what decides who may call it in ${region} was not read in whole`,
        ),
        ...groups.map((group) => `${group} may call, and whether ${caller.name} is in it was not read`),
      ],
      fix:
        unread.length === 0
          ? "read the members of groups too: --live --groups, or matrix snapshot --groups"
          : "read it with more rights: matrix snapshot says which are lacking",
    };
  },
};
