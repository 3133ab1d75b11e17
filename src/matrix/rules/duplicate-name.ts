import type { Draft } from "../../finding/draft.ts";
import type { Rule } from "./rule.ts";

const nouns = { services: "service", callers: "caller", sets: "set" } as const;

/** Services, callers and sets share one namespace, over all files. */
export const duplicateName: Rule = {
  id: "duplicate-name",
  severity: "error",
  summary: "a name that two services, callers or sets have",
  stopsSynth: true,
  *check({ duplicates }) {
    for (const { again, first } of duplicates) {
      yield {
        message: `${again.key} is the name of a ${nouns[first.section]} already`,
        help: "services, callers and sets share one namespace; rename one of them",
        at: again.place,
        related: [{ message: "the first stands here", at: first.place }],
      } satisfies Draft;
    }
  },
};
