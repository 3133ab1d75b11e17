import { callerKinds } from "../../callers/registry.ts";
import type { Caller as CallerDocument, MatrixDocument } from "../schema/generated/document.ts";
import type { Data } from "../text/parsed-file.ts";
import { type Environment, findProject } from "./environment.ts";
import type { Declared } from "./matrix.ts";
import { mergeDeep } from "./merge-deep.ts";
import { readAccount, readLabels } from "./resolve-service.ts";
import type { Caller, CallerKind } from "./world.ts";

/** Kinds whose `project` is no alias of ours. */
const foreignProjects: ReadonlySet<CallerKind> = new Set(["gitlab"]);

/** A caller with the environment's overrides laid over it. */
export function mergeCaller(caller: CallerDocument, environment: string): CallerDocument {
  const { overrides, ...own } = caller;
  const over = overrides?.[environment] ?? {};
  type DataMap = { readonly [key: string]: Data };
  return mergeDeep(own as unknown as DataMap, over as unknown as DataMap) as unknown as CallerDocument;
}

/** The kind of a caller; undefined where an override took it away. */
export function kindOf(caller: CallerDocument): CallerKind | undefined {
  return (Object.keys(callerKinds) as CallerKind[]).find((kind) => caller[kind] !== undefined);
}

/** The alias of the project that a caller's account lives in. */
export function projectAliasOf(caller: CallerDocument): string | undefined {
  const kind = kindOf(caller);
  if (kind === undefined || foreignProjects.has(kind)) return undefined;
  const details = caller[kind];
  return typeof details === "object" && "project" in details ? details.project : undefined;
}

/** A declared caller as it stands in one environment; undefined where the environment has no project for its account. */
export function resolveCaller(
  document: MatrixDocument,
  declared: Declared<CallerDocument>,
  environment: Environment,
): Caller | undefined {
  const merged = mergeCaller(declared.value, environment.name);
  const kind = kindOf(merged);
  if (kind === undefined) return undefined;
  const base = {
    key: declared.key,
    declared,
    kind,
    owner: merged.owner,
    description: merged.description,
    labels: readLabels(merged.labels),
    written: merged,
    home: undefined,
  };
  if (merged.user !== undefined) return { ...base, account: undefined, principal: `user:${merged.user.toLowerCase()}` };
  if (merged.group !== undefined)
    return { ...base, account: undefined, principal: `group:${merged.group.toLowerCase()}` };
  if (merged.serviceAccount !== undefined) {
    const email = merged.serviceAccount.toLowerCase();
    return { ...base, account: { source: "elsewhere", email }, principal: `serviceAccount:${email}` };
  }
  const project = findProject(environment, projectAliasOf(merged)) ?? findProject(environment, undefined);
  if (project === undefined) return undefined;
  const account = readAccount(merged.account, declared.key, project, document.defaults);
  return { ...base, home: project, account, principal: `serviceAccount:${account.email}` };
}
