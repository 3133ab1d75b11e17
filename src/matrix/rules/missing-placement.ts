import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { findProject } from "../model/environment.ts";
import { kindOf, mergeCaller, projectAliasOf } from "../model/resolve-caller.ts";
import { mergeService } from "../model/resolve-service.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Every service runs somewhere: a project and a region. */
export const missingPlacement: Rule = {
  id: "missing-placement",
  severity: "error",
  summary: "an environment without a project, or a service without a project or region",
  stopsSynth: true,
  *check(matrix) {
    for (const { name, projects, place } of matrix.environments) {
      if (projects.length === 0)
        yield { message: `${name} has no project`, help: "write project: ID", at: place } satisfies Draft;
    }
    if (matrix.environments.length === 0) {
      yield {
        message: "the matrix has no environment",
        help: "write environments: { prod: { project: ID, regions: [REGION] } }",
        at: { file: matrix.root, path: [], part: "value" },
      } satisfies Draft;
    }
    for (const { world, service, environment } of eachService(matrix)) {
      const alias = mergeService(matrix.document, service.declared.value, environment).project;
      const about = { environment, service: service.key };
      if (findProject(world.environment, alias) === undefined) {
        yield {
          message: `${environment} has no project with the alias ${alias}, where ${service.key} would run`,
          help: suggestAlias(world.environment.projects),
          at: fieldPlace(service, environment, "project"),
          ...about,
        } satisfies Draft;
      }
      if (service.regions.length === 0) {
        yield {
          message: `${service.key} has no region`,
          help: `add regions to it, or to the environment ${environment}`,
          at: fieldPlace(service, environment, "regions"),
          ...about,
        } satisfies Draft;
      }
    }
    for (const { environment, callers } of matrix.worlds) {
      for (const { key, declared } of callers.values()) {
        const merged = mergeCaller(declared.value, environment.name);
        const alias = projectAliasOf(merged);
        if (findProject(environment, alias) !== undefined) continue;
        const { file, path } = declared.place;
        yield {
          message: `${environment.name} has no project with the alias ${alias}, where the account of ${key} would be`,
          help: suggestAlias(environment.projects),
          at: { file, path: [...path, kindOf(declared.value) ?? ""], part: "key" },
          environment: environment.name,
          caller: key,
        } satisfies Draft;
      }
    }
  },
};

function suggestAlias(projects: readonly { readonly alias: string | undefined }[]): string {
  const aliases = projects.flatMap(({ alias }) => alias ?? []);
  return aliases.length === 0
    ? "write it as one of the environment's projects"
    : `known there: ${enumerateWords(aliases, "and")}`;
}
