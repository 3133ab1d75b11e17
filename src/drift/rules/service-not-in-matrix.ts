import type { Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { count } from "../../words/enumerate-words.ts";

/** What nobody declared, nobody answers for. */
export const serviceNotInMatrix: DriftRule = {
  id: "service-not-in-matrix",
  severity: "warning",
  summary: "a service runs in a project of the environment and is not in the matrix",
  criteria: ["CC6.1", "CC7.1"],
  *check({ live: all, world, rowsOf }) {
    const projects = new Set(world.environment.projects.map(({ id }) => id));
    const byName = new Map<string, Live[]>();
    for (const live of all) {
      // A project that is not in the matrix is one finding, with all that runs in it.
      if (live.declared !== undefined || !projects.has(live.service.project)) continue;
      const { kind, name } = live.service.record;
      const key = `${live.service.project} ${kind === "job" ? "job" : "service"} ${name}`;
      const found = byName.get(key);
      if (found === undefined) byName.set(key, [live]);
      else found.push(live);
    }
    for (const [key, places] of byName) {
      const [project = "", kind = "", name = ""] = key.split(" ");
      const rows = places
        .flatMap(({ service }) => rowsOf(service))
        .filter(({ ring, verdict }) => ring === "direct" && verdict !== "denied");
      const own = rows.flatMap(({ paths }) =>
        paths.filter(({ hops }) => hops[0]?.level === "service" && hops.length === 1),
      );
      const gone = [...world.services.values()].find(
        (each) => each.stage === "gone" && each.name === name && each.project.id === project,
      );
      const callers = new Set(rows.map(({ principal }) => principal)).size;
      const regions = places.map(({ service }) => service.record.region);
      yield {
        message: `the ${kind} ${name} in ${project} (${regions.join(", ")}) is not in the matrix${gone === undefined ? "" : ", from which it was retired"}; ${count(callers, "principal")} may call it`,
        fix: "add it under services, or delete it",
        services: places.map((each) => each.name).sort(),
        resource: places[0]?.service.resource ?? name,
        paths: own,
        identity: [project, kind, name],
        ...(gone === undefined ? {} : { at: gone.declared.place }),
      };
    }
  },
};
