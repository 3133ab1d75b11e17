import type { Reading } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import type { DriftContext } from "./drift-context.ts";
import type { DriftReport } from "./drift-report.ts";

/** The levels above the scope, read or not: access may come from there that the scope alone does not show. */
export function horizonOf({ snapshot, access }: DriftContext): DriftReport["horizon"] {
  const gaps = new Map<string, string>();
  for (const { resource, inScope, reason } of access.unread) {
    if (!inScope && isContainer(resource) && !gaps.has(resource)) gaps.set(resource, reason);
  }
  const inScope = new Set(access.unread.filter((gap) => gap.inScope).map(({ resource }) => resource));
  const isAsked = askedFor(snapshot);
  const above = snapshot.containers.filter(({ resource }) => !isAsked(resource));
  const resources = new Set([...above.map(({ resource }) => resource), ...gaps.keys()]);
  return [...resources]
    .filter((resource) => !inScope.has(resource))
    .sort(compareText)
    .map((resource) => ({ resource, read: !gaps.has(resource), reason: gaps.get(resource) ?? null }));
}

function isContainer(resource: string): boolean {
  return /^(projects|folders|organizations)\/[^/]+$/.test(resource);
}

/** The containers that were asked for by themselves, or lie below one that was. */
function askedFor({ asked, containers }: DriftContext["snapshot"]): (resource: string) => boolean {
  const parents = new Map(containers.map((each) => [each.resource, parentOf(each.details)]));
  const wanted = new Set([...asked.scope, ...asked.projects.map((project) => `projects/${project}`)]);
  return (resource) => {
    const seen = new Set<string>();
    for (let at: string | null | undefined = resource; at != null && !seen.has(at); at = parents.get(at)) {
      if (wanted.has(at)) return true;
      seen.add(at);
    }
    return false;
  };
}

function parentOf(details: Reading<{ readonly parent: string | null }>): string | null {
  return "value" in details ? details.value.parent : null;
}
