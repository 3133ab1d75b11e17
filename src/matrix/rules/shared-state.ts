import type { Draft } from "../../finding/draft.ts";
import type { Environment, Project } from "../model/environment.ts";
import { canonicalJson } from "../../words/canonical-json.ts";
import type { Rule } from "./rule.ts";

/** Two stacks in one state would destroy each other's resources. */
export const sharedState: Rule = {
  id: "shared-state",
  severity: "error",
  summary: "two Terraform stacks with one name or one state, or one stack with two states",
  stopsSynth: true,
  *check({ environments }) {
    const stacks = new Map<string, { readonly environment: Environment; readonly project: Project }>();
    const states = new Map<string, Project>();
    for (const environment of environments) {
      for (const project of environment.projects) {
        const state = canonicalJson(project.backend ?? { local: project.stack });
        const same = stacks.get(project.stack);
        if (same !== undefined && same.environment !== environment) {
          yield conflict(
            `the stack ${project.stack} would belong to ${same.environment.name} and to ${environment.name}`,
            "name another stack",
            project,
            same.project,
          );
        } else if (
          same !== undefined &&
          canonicalJson(same.project.backend ?? null) !== canonicalJson(project.backend ?? null)
        ) {
          yield conflict(
            `the stack ${project.stack} would keep its state in two places`,
            "give its projects one backend",
            project,
            same.project,
          );
        } else if (same === undefined) {
          const other = states.get(state);
          if (other !== undefined)
            yield conflict(
              `the stacks ${other.stack} and ${project.stack} would keep their state in one place`,
              `give ${project.stack} a backend of its own`,
              project,
              other,
            );
          states.set(state, project);
        }
        if (same === undefined) stacks.set(project.stack, { environment, project });
      }
    }
  },
};

function conflict(message: string, help: string, project: Project, other: Project): Draft {
  return { message, help, at: project.place, related: [{ message: "the other stands here", at: other.place }] };
}
