import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { findProject } from "../model/environment.ts";
import type { Matrix } from "../model/matrix.ts";
import { kindOf, mergeCaller, projectAliasOf } from "../model/resolve-caller.ts";
import { mergeService } from "../model/resolve-service.ts";
import { keyAt } from "../text/place.ts";
import { briefList } from "../../words/brief.ts";
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
    yield* missingRegions(matrix);
    yield* missingAliases(matrix);
  },
};

/** One line on the environment mends all of them, so it is said once. */
function* missingRegions({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, services } of worlds) {
    const homeless = [...services.values()].filter(({ regions }) => regions.length === 0).map(({ key }) => key);
    if (homeless.length === 0) continue;
    const isOne = homeless.length === 1;
    yield {
      message: `${environment.name} has no regions, and ${briefList(homeless)} ${isOne ? "has none of its" : "have none of their"} own`,
      help: `write regions: [REGION] on ${environment.name}, or on ${isOne ? homeless[0] : "each of them"}`,
      at: environment.place,
      environment: environment.name,
    };
  }
}

/** Aliases that one environment has and another lacks; one that no environment has is unknown-name's. */
function* missingAliases(matrix: Matrix): Iterable<Draft> {
  const known = new Set(matrix.environments.flatMap(({ projects }) => projects.map(({ alias }) => alias)));
  for (const { world, service, environment } of eachService(matrix)) {
    const alias = mergeService(matrix.document, service.declared.value, environment).project;
    if (!known.has(alias) || findProject(world.environment, alias) !== undefined) continue;
    yield {
      message: `${environment} has no project with the alias ${alias}, where ${service.key} would run`,
      help: suggestAlias(world.environment.projects),
      at: fieldPlace(service, environment, "project"),
      environment,
      service: service.key,
    };
  }
  for (const { environment, callers } of matrix.worlds) {
    for (const { key, kind, declared } of callers.values()) {
      const { name } = environment;
      const alias = projectAliasOf(mergeCaller(declared.value, name));
      const isOwn = alias === projectAliasOf(declared.value);
      if (findProject(environment, alias) !== undefined || (isOwn && !known.has(alias))) continue;
      const { file, path } = declared.place;
      const within = isOwn && kindOf(declared.value) === kind ? [] : ["overrides", name];
      yield {
        message: `${name} has no project with the alias ${alias}, where the account of ${key} would be`,
        help: suggestAlias(environment.projects),
        at: keyAt(file, ...path, ...within, kind, "project"),
        environment: name,
        caller: key,
      };
    }
  }
}

function suggestAlias(projects: readonly { readonly alias: string | undefined }[]): string {
  const aliases = projects.flatMap(({ alias }) => alias ?? []);
  return aliases.length === 0
    ? "write it as one of the environment's projects"
    : `known there: ${enumerateWords(aliases, "and")}`;
}
