import type { Draft } from "../../finding/draft.ts";
import type { Project } from "../model/environment.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A project has one id, one number and, in an environment, one alias. */
export const projectIdentity: Rule = {
  id: "project-identity",
  severity: "error",
  summary: "a project with two numbers or two aliases, or an environment with both forms",
  stopsSynth: true,
  *check({ environments, document, root }) {
    const byId = new Map<string, Project>();
    const byNumber = new Map<string, Project>();
    for (const { name, projects } of environments) {
      if (document.environments?.[name]?.project !== undefined && document.environments[name].projects !== undefined) {
        yield {
          message: `${name} has both project and projects`,
          help: "keep one of them",
          at: keyAt(root, "environments", name, "project"),
        } satisfies Draft;
      }
      const here = new Map<string, Project>();
      for (const project of projects) {
        const twin = here.get(project.id);
        if (twin !== undefined)
          yield conflict(`${project.id} has two aliases in ${name}: ${twin.alias} and ${project.alias}`, project, twin);
        here.set(project.id, project);
        const same = byId.get(project.id);
        if (same?.number !== undefined && project.number !== undefined && same.number !== project.number)
          yield conflict(`${project.id} has two numbers: ${same.number} and ${project.number}`, project, same);
        if (same?.number === undefined) byId.set(project.id, project);
        const numbered = project.number === undefined ? undefined : byNumber.get(project.number);
        if (numbered !== undefined && numbered.id !== project.id)
          yield conflict(
            `the number ${project.number} belongs to ${numbered.id} and to ${project.id}`,
            project,
            numbered,
          );
        if (project.number !== undefined) byNumber.set(project.number, numbered ?? project);
      }
    }
  },
};

function conflict(message: string, project: Project, other: Project): Draft {
  return {
    message,
    help: "look it up with: gcloud projects describe ID",
    at: project.place,
    related: [{ message: "the other stands here", at: other.place }],
  };
}
