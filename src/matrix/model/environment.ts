import type { Backend, Environment as EnvironmentDocument, Guardrails } from "../schema/generated/document.ts";
import type { Place } from "../text/place.ts";

/** A project of an environment. */
export interface Project {
  /** Undefined in the short form, where every alias means this project. */
  readonly alias: string | undefined;
  readonly id: string;
  readonly number: string | undefined;
  /** The Terraform stack that holds its resources. */
  readonly stack: string;
  readonly backend: Backend | undefined;
  readonly place: Place;
}

export interface Environment {
  readonly name: string;
  /** The first is the default. */
  readonly projects: readonly Project[];
  readonly regions: readonly string[];
  readonly scope: readonly string[];
  readonly guardrails: Guardrails;
  readonly place: Place;
}

/** An environment as it is written, with its projects in one form. */
export function readEnvironment(name: string, written: EnvironmentDocument | null, file: string): Environment {
  const at = (...rest: readonly string[]): Place => ({ file, path: ["environments", name, ...rest], part: "key" });
  const { project, number, projects, regions = [], scope, guardrails = {}, backend } = written ?? {};
  const short: readonly Project[] =
    project === undefined
      ? []
      : [{ alias: undefined, id: project, number: text(number), stack: name, backend, place: at("project") }];
  const long: readonly Project[] = Object.entries(projects ?? {})
    .filter(([alias]) => !alias.startsWith("x-"))
    .map(([alias, each]) => ({
      alias,
      id: each.id,
      number: text(each.number),
      stack: each.stack ?? name,
      backend: each.backend ?? backend,
      place: at("projects", alias),
    }));
  const all = [...short, ...long];
  return {
    name,
    projects: all,
    regions,
    scope: scope ?? all.map(({ id }) => `projects/${id}`),
    guardrails,
    place: at(),
  };
}

/** The project that an alias means in an environment; the first without one. Undefined where there is no such alias. */
export function findProject(environment: Environment, alias: string | undefined): Project | undefined {
  const [first] = environment.projects;
  if (alias === undefined || first?.alias === undefined) return first;
  return environment.projects.find((project) => project.alias === alias);
}

function text(number: string | number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}
