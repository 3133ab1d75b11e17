import { calleeKinds } from "../../callees/registry.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import type { Draft } from "../draft.ts";
import type { DriftContext, Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";

/** What nobody declared, nobody answers for. */
export const serviceNotInMatrix: DriftRule = {
  id: "service-not-in-matrix",
  severity: "error",
  summary: "a service runs in a project of the environment and is not in the matrix",
  criteria: ["CC6.1", "CC7.1"],
  *check(context) {
    const projects = new Set(context.world.environment.projects.map(({ id }) => id));
    const byName = new Map<string, [Live, ...Live[]]>();
    for (const live of context.live) {
      // A project that is not in the matrix is one finding, with all that runs in it.
      if (live.declared !== undefined || !projects.has(live.service.project)) continue;
      const { project, record } = live.service;
      const key = JSON.stringify([project, kindOf(live), record.name]);
      const found = byName.get(key);
      if (found === undefined) byName.set(key, [live]);
      else found.push(live);
    }
    for (const places of byName.values()) yield draftOf(places, context);
  },
};

/** A function of the second generation is the service beneath it. */
function kindOf({ service }: Live): "job" | "service" {
  return calleeKinds[service.record.kind].resource;
}

function draftOf(places: readonly [Live, ...Live[]], { world, rowsOf }: DriftContext): Draft {
  const [first] = places;
  const { project, resource, record } = first.service;
  const kind = kindOf(first);
  const rows = places
    .flatMap(({ service }) => rowsOf(service))
    // Google's own agents may call whatever there is.
    .filter(({ ring, verdict, managed }) => ring === "direct" && verdict !== "denied" && !managed);
  const own = rows.flatMap(({ paths }) =>
    paths.filter(({ hops }) => hops[0]?.level === "service" && hops.length === 1),
  );
  const callers = new Set(rows.map(({ principal }) => principal));
  const who = callers.has("allUsers") ? "everybody" : count(callers.size, "principal");
  const regions = places.map(({ service }) => service.record.region);
  const same = [...world.services.values()].filter(
    (each) => each.name === record.name && each.project.id === project && calleeKinds[each.kind].resource === kind,
  );
  const elsewhere = same.find(({ stage }) => stage !== "gone");
  const known = elsewhere ?? same[0];
  const before =
    elsewhere !== undefined
      ? `, which has ${elsewhere.key} in ${enumerateWords(elsewhere.regions, "and")} only`
      : known === undefined
        ? ""
        : `, from which ${known.key} was retired`;
  return {
    message: `the ${kind} ${record.name} in ${project} (${regions.join(", ")}) is not in the matrix${before}; ${who} may call it`,
    fix:
      elsewhere === undefined
        ? known === undefined
          ? "add it under services, or delete it"
          : "delete it"
        : `add ${enumerateWords(regions, "and")} to the regions of ${elsewhere.key}, or delete it there`,
    services: places.map((each) => each.name).sort(),
    resource,
    paths: own,
    identity: [project, kind, record.name],
    ...(known === undefined ? {} : { at: known.declared.place }),
  };
}
