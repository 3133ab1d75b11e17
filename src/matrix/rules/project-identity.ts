import type { Draft } from "../../finding/draft.ts";
import type { Project } from "../model/environment.ts";
import type { Matrix } from "../model/matrix.ts";
import { keyAt, type Place, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A project has one id, one number and, in an environment, one alias. */
export const projectIdentity: Rule = {
  id: "project-identity",
  severity: "error",
  summary: "a project with two numbers or two aliases, or an environment with both forms",
  stopsSynth: true,
  *check(matrix) {
    const byId = new Map<string, Project>();
    const byNumber = new Map<string, Project>();
    yield* mixedForms(matrix);
    for (const { name, projects } of matrix.environments) {
      const here = new Map<string, Project>();
      for (const project of projects) {
        const { id, number, alias } = project;
        const twin = here.get(id);
        if (twin === undefined) here.set(id, project);
        else if (alias !== undefined && twin.alias !== undefined) {
          const message = `${id} has two aliases in ${name}: ${twin.alias} and ${alias}`;
          yield conflict(message, "keep one alias", project.place, twin.place);
        }
        if (number === undefined) continue;
        const same = byId.get(id);
        if (same === undefined) byId.set(id, project);
        else if (same.number !== number)
          yield numberConflict(`${id} has two numbers: ${same.number} and ${number}`, project, same);
        const numbered = byNumber.get(number);
        if (numbered === undefined) byNumber.set(number, project);
        else if (numbered.id !== id)
          yield numberConflict(`the number ${number} belongs to ${numbered.id} and to ${id}`, project, numbered);
      }
    }
  },
};

/** The long form has a number for each project; one beside it would be believed and do nothing. */
function* mixedForms({ root, document, environments }: Matrix): Iterable<Draft> {
  for (const { name } of environments) {
    const { project, projects, number } = document.environments?.[name] ?? {};
    if (projects === undefined) continue;
    if (project !== undefined) {
      const at = keyAt(root, "environments", name, "project");
      yield { message: `${name} has both project and projects`, help: "keep one of them", at };
    } else if (number !== undefined) {
      const at = keyAt(root, "environments", name, "number");
      yield { message: `${name} has projects, and number is of none of them`, help: "write it on its project", at };
    }
  }
}

function numberConflict(message: string, project: Project, other: Project): Draft {
  const help = `look it up with: gcloud projects describe ${project.id}`;
  return conflict(message, help, numberPlace(project), numberPlace(other));
}

function numberPlace({ alias, place: { file, path } }: Project): Place {
  return valueAt(file, ...(alias === undefined ? path.slice(0, -1) : path), "number");
}

function conflict(message: string, help: string, at: Place, other: Place): Draft {
  return { message, help, at, related: [{ message: "the other stands here", at: other }] };
}
