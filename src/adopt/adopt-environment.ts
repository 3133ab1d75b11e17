import type { Environment } from "../matrix/schema/generated/document.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { compareText } from "../words/compare-text.ts";
import type { Instance } from "./instance.ts";
import type { MatrixDraft } from "./matrix-draft.ts";
import { isProjectId } from "./read-instances.ts";
import { nameFrom, pickName } from "./pick-name.ts";

/**
 * Writes the environment that a snapshot is of: its projects with their numbers, the regions that most services have, and
 * the scope, where the snapshot was read for more than the projects. One that is there gets what it lacks.
 */
export function adoptEnvironment(
  draft: MatrixDraft,
  name: string,
  snapshot: Snapshot,
  instances: readonly Instance[],
): void {
  const written = draft.environments.get(name);
  const found = projectsOf(snapshot, instances);
  if (written === undefined) {
    draft.environments.set(name, newEnvironment(name, snapshot, found, instances));
    return;
  }
  const known = new Set([written.project, ...Object.values(written.projects ?? {}).map(({ id }) => id)]);
  const missing = found.filter(({ id }) => !known.has(id));
  const numbered = withNumbers(written, found);
  draft.environments.set(name, missing.length === 0 ? numbered : withProjects(numbered, name, missing, found));
}

interface FoundProject {
  readonly id: string;
  readonly number: string | undefined;
}

/** The projects that were read, those with most services first. */
function projectsOf({ projects, containers }: Snapshot, instances: readonly Instance[]): readonly FoundProject[] {
  const sizes = new Map<string, number>();
  for (const { project } of instances) sizes.set(project, (sizes.get(project) ?? 0) + 1);
  return projects
    .filter(({ project }) => isProjectId(project))
    .map(({ project: id }) => ({
      id,
      number: numberIn(containers, id),
    }))
    .sort((a, b) => (sizes.get(b.id) ?? 0) - (sizes.get(a.id) ?? 0) || compareText(a.id, b.id));
}

function numberIn(containers: Snapshot["containers"], id: string): string | undefined {
  const number = valueOf(containers.find(({ resource }) => resource === `projects/${id}`)?.details)?.number;
  return number !== undefined && /^[1-9][0-9]{0,18}$/.test(number) ? number : undefined;
}

function newEnvironment(
  name: string,
  { asked }: Snapshot,
  projects: readonly FoundProject[],
  instances: readonly Instance[],
): Environment {
  const [first] = projects;
  const own = new Set(projects.map(({ id }) => `projects/${id}`));
  const isOwn =
    asked.scope.length === 0 || (asked.scope.length === own.size && asked.scope.every((each) => own.has(each)));
  // What the language takes (schemas/matrix.schema.json, `scope`).
  const scope = asked.scope.filter(
    (each) => /^(folders|organizations)\/[0-9]+$/.test(each) || isProjectId(each.replace(/^projects\//, "")),
  );
  const isShort = projects.length === 1 && first !== undefined;
  const regions = commonRegions(instances);
  return {
    ...(isShort ? shortForm(first) : { projects: withAliases(name, projects) }),
    ...(regions.length === 0 ? {} : { regions }),
    ...(isOwn || scope.length === 0 ? {} : { scope }),
  };
}

function shortForm({ id, number }: FoundProject): Environment {
  return { project: id, ...(number === undefined ? {} : { number }) };
}

function withAliases(
  environment: string,
  projects: readonly FoundProject[],
  taken: readonly string[] = [],
): NonNullable<Environment["projects"]> {
  const aliases = new Set(taken);
  const entries = projects.map(({ id, number }) => {
    const alias = pickName([aliasFrom(id, environment, projects), nameFrom(id)], (each) => aliases.has(each));
    aliases.add(alias);
    return [alias, { id, ...(number === undefined ? {} : { number }) }] as const;
  });
  return Object.fromEntries(entries);
}

/** What tells a project apart from its siblings and from the same one of another environment: `acme-prod-pci` is `pci`. */
function aliasFrom(id: string, environment: string, projects: readonly FoundProject[]): string {
  const wordsOf = (each: string): readonly string[] => each.split("-").filter((word) => word !== environment);
  const all = projects.map((project) => wordsOf(project.id));
  const own = wordsOf(id);
  const isShared = (at: number): boolean => all.every((words) => words[at] === own[at]);
  const start = own.findIndex((_, at) => !isShared(at));
  return (start === -1 ? [] : own.slice(start)).join("-") || "main";
}

/** The regions that most services have. Services with others write them. */
function commonRegions(instances: readonly Instance[]): readonly string[] {
  const regions = new Map<string, string[]>();
  for (const { project, kind, name, region } of instances) {
    const key = JSON.stringify([project, kind, name]);
    regions.set(key, [...(regions.get(key) ?? []), region]);
  }
  const sizes = new Map<string, number>();
  for (const list of regions.values()) {
    const text = list.sort().join(" ");
    sizes.set(text, (sizes.get(text) ?? 0) + 1);
  }
  const [most] = [...sizes].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  return most?.[0].split(" ") ?? [];
}

/** Numbers that nobody wrote: audience URLs and Identity-Aware Proxy need them. */
function withNumbers(written: Environment, found: readonly FoundProject[]): Environment {
  const numberOf = (id: string): { readonly number?: string } => {
    const number = found.find((each) => each.id === id)?.number;
    return number === undefined ? {} : { number };
  };
  const { project, projects } = written;
  return {
    ...written,
    ...(project !== undefined && written.number === undefined ? numberOf(project) : {}),
    ...(projects === undefined
      ? {}
      : {
          projects: Object.fromEntries(
            Object.entries(projects).map(([alias, each]) => [
              alias,
              alias.startsWith("x-") || each.number !== undefined ? each : { ...each, ...numberOf(each.id) },
            ]),
          ),
        }),
  };
}

/** Further projects beside those that are written. The short form becomes the long one, its project the default. */
function withProjects(
  { project, number, projects = {}, ...rest }: Environment,
  name: string,
  missing: readonly FoundProject[],
  all: readonly FoundProject[],
): Environment {
  const short =
    project === undefined
      ? {}
      : {
          [pickName([aliasFrom(project, name, all)], () => false)]: {
            id: project,
            ...(number === undefined ? {} : { number }),
          },
        };
  const before = { ...short, ...projects };
  return { ...rest, projects: { ...before, ...withAliases(name, missing, Object.keys(before)) } };
}
