import { posix } from "node:path";
import type { Draft } from "../../finding/draft.ts";
import { canonicalJson } from "../../words/canonical-json.ts";
import type { Environment, Project } from "../model/environment.ts";
import type { Matrix } from "../model/matrix.ts";
import { keyAt, type Place, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A project with its environment, and with the place where its backend is written. */
interface Stack {
  readonly environment: Environment;
  readonly project: Project;
  readonly place: Place;
}

/** Two stacks in one state would destroy each other's resources. */
export const sharedState: Rule = {
  id: "shared-state",
  severity: "error",
  summary: "two Terraform stacks with one name or one state, or one stack with two backends",
  stopsSynth: true,
  *check(matrix) {
    const stacks = stacksOf(matrix);
    const stateOf = stateReader(stacks);
    const byName = new Map<string, Stack>();
    const byState = new Map<string, Stack>();
    for (const stack of stacks) {
      const { project, environment, place } = stack;
      const same = byName.get(project.stack);
      if (same === undefined) {
        byName.set(project.stack, stack);
        const state = stateOf(project);
        const other = byState.get(state);
        if (other === undefined) byState.set(state, stack);
        else yield conflict(inOnePlace(other, stack), `give ${project.stack} a backend of its own`, place, other.place);
      } else if (same.environment !== environment) {
        const message = `the stack ${project.stack} would belong to ${same.environment.name} and to ${environment.name}`;
        yield conflict(message, "name another stack", stackPlace(project), stackPlace(same.project));
      } else if (canonicalJson(same.project.backend ?? null) !== canonicalJson(project.backend ?? null)) {
        const message = `the stack ${project.stack} has two backends`;
        yield conflict(message, "give its projects one backend", place, same.place);
      }
    }
  },
};

function inOnePlace(one: Stack, other: Stack): string {
  return `the stacks ${one.project.stack} and ${other.project.stack} would keep their state in one place`;
}

/** In order of the file, so that of two environments the later one is told. */
function stacksOf({ root, document, environments }: Matrix): readonly Stack[] {
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  return Object.entries(document.environments ?? {}).flatMap(([name, written]) => {
    const environment = byName.get(name);
    if (environment === undefined) return [];
    return environment.projects.map((project): Stack => {
      const own = project.alias === undefined ? undefined : written?.projects?.[project.alias];
      const path = own?.backend === undefined ? ["environments", name] : project.place.path;
      const place = project.backend === undefined ? project.place : keyAt(root, ...path, "backend");
      return { environment, project, place };
    });
  });
}

function stackPlace({ alias, place: { file, path } }: Project): Place {
  // In the short form the stack has the environment's name.
  return alias === undefined ? keyAt(file, ...path.slice(0, -1)) : valueAt(file, ...path, "stack");
}

/** The settings of each backend that say where the state lies; the others say how it is reached. */
const whereabouts: Readonly<Record<string, readonly string[]>> = {
  gcs: ["bucket", "prefix"],
  // workspace_key_prefix moves other workspaces than the default one, which all stacks use.
  s3: ["endpoint", "bucket", "key"],
  azurerm: ["storage_account_name", "container_name", "key"],
  http: ["address"],
  consul: ["address", "path"],
};

/** Makes ready to tell where a project's stack keeps its state, in one spelling. */
function stateReader(stacks: readonly Stack[]): (project: Project) => string {
  const defaultFile = (stack: string): string => `terraform.${stack}.tfstate`;
  const defaults = new Set(
    stacks.filter(({ project }) => project.backend === undefined).map(({ project }) => defaultFile(project.stack)),
  );
  return ({ stack, backend }) => {
    const [type, settings] = Object.entries(backend ?? {})[0] ?? ["local", { path: defaultFile(stack) }];
    if (type === "local") {
      const path = posix.normalize(String(settings["path"] ?? "terraform.tfstate"));
      // The default lies beside the matrix, and how a path leads there depends on the machine: the name is enough.
      if (defaults.has(posix.basename(path))) return `local ${posix.basename(path)}`;
      return `local ${posix.isAbsolute(path) ? path : posix.join("out/stacks", stack, path)}`;
    }
    const names = whereabouts[type];
    if (names === undefined) return `${type} ${canonicalJson(settings)}`;
    const values = names.map((name) => String(settings[name] ?? ""));
    // The gcs backend joins prefix and workspace as a path.
    return `${type} ${JSON.stringify(type === "gcs" ? values.map(asFolder) : values)}`;
  };
}

function asFolder(path: string): string {
  return posix.join("/", path, "/");
}

function conflict(message: string, help: string, at: Place, other: Place): Draft {
  return { message, help, at, related: [{ message: "the other stands here", at: other }] };
}
