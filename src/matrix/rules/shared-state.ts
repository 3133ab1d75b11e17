import { posix } from "node:path";
import type { Draft } from "../../finding/draft.ts";
import { canonicalJson } from "../../words/canonical-json.ts";
import type { Environment, Project } from "../model/environment.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Backend } from "../schema/generated/document.ts";
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
    const byName = new Map<string, Stack>();
    const byState = new Map<string, Stack>();
    for (const stack of stacksOf(matrix)) {
      const { project, environment } = stack;
      const same = byName.get(project.stack);
      if (same === undefined) {
        byName.set(project.stack, stack);
        for (const state of statesOf(project)) {
          const other = byState.get(state);
          byState.set(state, other ?? stack);
          if (other === undefined) continue;
          const [one, two] = [other.project.stack, project.stack];
          const message = `the stacks ${one} and ${two} would keep their state in one place`;
          yield conflict(message, `give ${two} a backend of its own`, stack.place, other.place);
          break;
        }
      } else if (same.environment !== environment) {
        const message = `the stack ${project.stack} would belong to ${same.environment.name} and to ${environment.name}`;
        yield conflict(message, "name another stack", stackPlace(project), stackPlace(same.project));
      } else if (canonicalJson(same.project.backend ?? null) !== canonicalJson(project.backend ?? null)) {
        const message = `the stack ${project.stack} has two backends`;
        yield conflict(message, "give its projects one backend", stack.place, same.place);
      }
    }
  },
};

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

/** Where a stack keeps its state, in one spelling; of an absolute path its last part too, since nobody knows here where the matrix lies. */
function statesOf({ stack, backend }: Project): readonly string[] {
  const [type = "local", settings = {}] = Object.entries(backend ?? ({} satisfies Backend))[0] ?? [];
  if (type === "local") {
    const written = backend === undefined ? `../../../terraform.${stack}.tfstate` : settings["path"];
    const path = posix.normalize(String(written ?? "terraform.tfstate"));
    if (!posix.isAbsolute(path)) return localStates(posix.join("out/stacks", stack, path));
    return [`local ${path}`, ...localStates(posix.basename(path)).slice(0, 1)];
  }
  const names = whereabouts[type];
  if (names === undefined) return [`${type} ${canonicalJson(settings)}`];
  const values = names.map((name) => settings[name] ?? "");
  // The gcs backend joins prefix and workspace as a path.
  const plain = type === "gcs" ? values.map((value) => posix.join("/", String(value))) : values;
  return [`${type} ${canonicalJson(plain.map((value) => String(value).replace(/\/+$/, "")))}`];
}

function localStates(path: string): readonly string[] {
  return [`local ${path}`];
}

function conflict(message: string, help: string, at: Place, other: Place): Draft {
  return { message, help, at, related: [{ message: "the other stands here", at: other }] };
}
