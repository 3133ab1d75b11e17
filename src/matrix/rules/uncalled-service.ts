import type { Draft } from "../../finding/draft.ts";
import type { Service } from "../model/world.ts";
import type { Rule } from "./rule.ts";

/** A service nobody may call answers nobody; jobs are started, and public ones are called by everybody. */
export const uncalledService: Rule = {
  id: "uncalled-service",
  severity: "warning",
  summary: "a service that nobody may call",
  stopsSynth: false,
  *check({ names, edges, expand, worlds }) {
    const called = new Set(edges.flatMap(({ callee }) => (callee === undefined ? [] : expand(callee))));
    for (const { section, key, place } of names.values()) {
      if (section !== "services" || called.has(key)) continue;
      const everywhere = worlds.flatMap(({ services }) => services.get(key) ?? []);
      if (everywhere.length === 0 || everywhere.some(needsNoCaller)) continue;
      yield {
        message: `nobody may call ${key}`,
        help: "add the edges that are missing, or mark it planned or retired",
        at: place,
        service: key,
      } satisfies Draft;
    }
  },
};

function needsNoCaller({ kind, public: isPublic, iap, stage }: Service): boolean {
  return kind === "job" || isPublic !== undefined || iap !== undefined || stage !== "live";
}
