import { count } from "../../words/enumerate-words.ts";
import type { DriftRule } from "../drift-rule.ts";

/** The scope says what an audit must cover; the matrix must name what runs there. */
export const projectNotInMatrix: DriftRule = {
  id: "project-not-in-matrix",
  severity: "error",
  summary: "a project in the scope of the environment runs services, and the matrix does not name it",
  criteria: ["CC6.1", "CC7.1"],
  *check({ snapshot, world, live, rowsOf }) {
    const known = new Set(world.environment.projects.map(({ id }) => id));
    for (const { project } of snapshot.projects) {
      const here = live.filter(({ service }) => service.project === project);
      if (known.has(project) || here.length === 0) continue;
      const own = here
        .flatMap(({ service }) => rowsOf(service))
        .flatMap(({ paths }) => paths.filter(({ hops }) => hops[0]?.level === "service" && hops.length === 1));
      yield {
        message: `the project ${project} runs ${count(here.length, "service")} and is not in the matrix`,
        fix: `name it among the projects of ${world.environment.name}, or take it out of the scope of ${world.environment.name}`,
        services: here.map(({ name }) => name).sort(),
        resource: `projects/${project}`,
        paths: own,
        identity: [project],
        at: world.environment.place,
      };
    }
  },
};
