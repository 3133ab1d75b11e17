import type { Environment } from "../../matrix/model/environment.ts";
import { keyAt } from "../../matrix/text/place.ts";
import { compareText } from "../../words/compare-text.ts";
import { compareLists } from "../compare-lists.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import type { Frame } from "./compare-fields.ts";
import type { Difference } from "./difference.ts";
import { environmentJson, guardrailsJson, hasOwnScope, projectsJson, scopeJson } from "./describe-environment.ts";
import { differing, given, type JsonMap } from "./json.ts";

/** Environments that are new or gone, and what differs in those that stay. Their regions show in the services. */
export function compareEnvironments({ before, after }: MatrixPair): readonly Difference[] {
  return compareLists<Environment, Difference>(
    before.environments,
    after.environments,
    (a, b) => compareText(a.name, b.name),
    {
      onAdded: (now) => [
        {
          kind: "environment-added",
          ...frameOf(now),
          before: null,
          after: environmentJson(now),
          was: null,
          at: now.place,
        },
      ],
      onRemoved: (old) => [
        {
          kind: "environment-removed",
          ...frameOf(old),
          before: environmentJson(old),
          after: null,
          was: old.place,
          at: null,
        },
      ],
      onBoth: (old, now) => [...comparePlacement(old, now), ...compareGuardrails(old, now)],
    },
  );
}

function frameOf({ name }: Environment): Frame {
  return { subject: name, environment: name, from: null, to: null };
}

/** Where things are: projects, their numbers, stacks and backends, and what an audit covers. */
function comparePlacement(old: Environment, now: Environment): readonly Difference[] {
  const projects = differing(projectsJson(old), projectsJson(now));
  // A scope that follows the projects says nothing that they do not say.
  const ownScope = hasOwnScope(old) || hasOwnScope(now);
  const json = (environment: Environment, own: JsonMap | null | undefined): JsonMap =>
    given({ projects: own ?? undefined, scope: ownScope ? scopeJson(environment) : undefined });
  // What differs in a map is a map.
  const shown = differing(
    json(old, projects?.before as JsonMap | null | undefined),
    json(now, projects?.after as JsonMap | null | undefined),
  );
  if (shown === undefined) return [];
  return [{ kind: "environment-changed", ...frameOf(now), ...shown, was: old.place, at: now.place }];
}

function compareGuardrails(old: Environment, now: Environment): readonly Difference[] {
  const shown = differing(guardrailsJson(old), guardrailsJson(now));
  if (shown === undefined) return [];
  const placeOf = ({ place }: Environment) => keyAt(place.file, ...place.path, "guardrails");
  return [{ kind: "guardrails-changed", ...frameOf(now), ...shown, was: placeOf(old), at: placeOf(now) }];
}
