import type { Unread } from "../../access/access.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { DriftRule } from "../drift-rule.ts";

/** What was not read is not known; nothing about it is clean. */
export const notReadable: DriftRule = {
  id: "not-readable",
  severity: "error",
  summary: "something inside the scope could not be read, so the result is not complete",
  criteria: ["CC6.1", "CC7.1"],
  *check({ access, live }) {
    const names = new Map(live.map(({ service, name }) => [service.resource, name]));
    const byResource = new Map<string, Unread[]>();
    for (const gap of access.unread.filter(({ inScope }) => inScope)) {
      const found = byResource.get(gap.resource);
      if (found === undefined) byResource.set(gap.resource, [gap]);
      else found.push(gap);
    }
    for (const [resource, gaps] of byResource) {
      const reasons = [...new Set(gaps.map(({ reason }) => reason))];
      const services = new Set(gaps.flatMap((gap) => gap.services.map((service) => names.get(service) ?? service)));
      yield {
        message: `could not read ${enumerateWords(
          gaps.map(({ what }) => what),
          "and",
        )} of ${resource}: ${reasons.join("; ")}`,
        fix: fixes.find(([status]) => gaps.some((gap) => gap.status === status))?.[1] ?? AGAIN,
        services: [...services].sort(),
        resource,
        identity: [resource],
      };
    }
  },
};

const AGAIN = "take the snapshot again";

/** What helps, by what went wrong; the first that applies. */
const fixes: readonly (readonly [status: Unread["status"], fix: string])[] = [
  [
    "denied",
    "grant the reader roles/iam.securityAuditor there (matrix snapshot --print-permissions lists what each call needs)",
  ],
  ["failed", `${AGAIN}; where it fails again, mend what the reason says`],
  ["partial", AGAIN],
  ["missing", `${AGAIN} with this version of matrix, and ask it for all of the scope`],
];
