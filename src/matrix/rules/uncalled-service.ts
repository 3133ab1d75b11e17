import { calleeKinds } from "../../callees/registry.ts";
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
    const callees = new Set(edges.flatMap(({ callee }) => callee ?? []));
    const called = new Set([...callees].flatMap((callee) => expand(callee)));
    for (const { section, key, place } of names.values()) {
      if (section !== "services" || called.has(key)) continue;
      if (!worlds.some(({ services }) => needsCaller(services.get(key)))) continue;
      yield {
        message: `nobody may call ${key}`,
        help: "add the edges that are missing, write public if everybody may call, or mark it planned or retired",
        at: place,
        service: key,
      } satisfies Draft;
    }
  },
};

/** Only an enforced row keeps out who is not declared. */
function needsCaller(service: Service | undefined): boolean {
  if (service === undefined) return false;
  const { kind, mode, public: isPublic, iap, stage } = service;
  const isOpen = isPublic !== undefined || iap !== undefined;
  return mode === "enforce" && calleeKinds[kind].takesRequests && !isOpen && stage === "live";
}
