import { calleeKinds } from "../../callees/registry.ts";
import { accountProject } from "../../access/account-project.ts";
import type { Impersonation } from "../../federation/federation.ts";
import { planFederation } from "../../federation/plan-federation.ts";
import type { Draft } from "../../finding/draft.ts";
import { type Place, valueAt } from "../text/place.ts";
import type { Project } from "../model/environment.ts";
import type { Matrix } from "../model/matrix.ts";
import type { World } from "../model/world.ts";
import { briefList } from "../../words/brief.ts";
import { outsideOf } from "../../callers/caller-of.ts";
import { identityPlace } from "./account-place.ts";
import { detailPlace } from "./detail-problems.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** The agent of Identity-Aware Proxy is named by the project's number, and must stay in the row; so is a pool that others made. */
export const missingNumber: Rule = {
  id: "missing-number",
  severity: "error",
  summary: "a service behind IAP, or a named pool, in a project without a number",
  stopsSynth: true,
  *check(matrix) {
    const needs = new Map<
      Project,
      { readonly environment: string; readonly services: string[]; readonly iap: Place }
    >();
    for (const { service, environment } of eachService(matrix)) {
      const { key, iap, kind, stage, project } = service;
      if (iap === undefined || !calleeKinds[kind].takesRequests || stage === "gone" || project.number !== undefined)
        continue;
      const need = needs.get(project);
      if (need === undefined)
        needs.set(project, { environment, services: [key], iap: fieldPlace(service, environment, "iap") });
      else need.services.push(key);
    }
    for (const [project, { environment, services, iap }] of needs) {
      yield {
        message: `${project.id} has no number, which names the agent of the Identity-Aware Proxy in front of ${briefList(services)}`,
        help: numberHelp(project.id),
        at: numberPlace(project),
        related: [{ message: `${services[0]} is behind it`, at: iap }],
        environment,
      } satisfies Draft;
    }
    yield* existingPools(matrix);
    yield* distantPools(matrix);
  },
};

/** A pool that Terraform makes says its number itself. */
function* existingPools({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    for (const caller of callers.values()) {
      const { key, home } = caller;
      const outside = outsideOf(caller);
      if (home === undefined || home.number !== undefined || outside?.kind !== "pooled") continue;
      const { existing } = outside.pool;
      if (existing === undefined) continue;
      yield {
        message: `${home.id} has no number, which names the pool ${existing.pool} that ${key} uses`,
        help: numberHelp(home.id),
        at: numberPlace(home),
        related: [{ message: `${key} uses the pool`, at: detailPlace(caller, environment.name, "pool") }],
        environment: environment.name,
        caller: key,
      } satisfies Draft;
    }
  }
}

/**
 * Pools of one stack whose callers act as an account that another stack grants on: only the stack that makes a pool can
 * read its number there, and Google refuses a member with the project's id in its place.
 */
function* distantPools({ worlds }: Matrix): Iterable<Draft> {
  for (const world of worlds) {
    for (const impersonation of planFederation(world).impersonations) {
      const { by } = impersonation;
      const caller = world.callers.get(impersonation.caller);
      if (by.kind !== "pooled" || by.pool.origin === "named" || caller === undefined) continue;
      const { project, id } = by.pool;
      if (project.number !== undefined || grantingStack(impersonation, world) === project.stack) continue;
      yield {
        message: `${project.id} has no number, which names the pool ${id} where another stack lets ${caller.key} act as ${impersonation.account.email}`,
        help: numberHelp(project.id),
        at: numberPlace(project),
        related: [{ message: `${caller.key} comes through it`, at: identityPlace(caller, world.environment.name) }],
        environment: world.environment.name,
        caller: caller.key,
      } satisfies Draft;
    }
  }
}

/** The stack of the account's project; of an account that lives in none of the environment, that of its caller. */
function grantingStack({ caller, account }: Impersonation, { environment, callers }: World): string | undefined {
  if (account.source === "project") return account.project.stack;
  const id = accountProject(account.email);
  return (environment.projects.find((each) => each.id === id) ?? callers.get(caller)?.home)?.stack;
}

function numberHelp(id: string): string {
  return `add the number: gcloud projects describe ${id} --format='value(projectNumber)'`;
}

function numberPlace({ alias, place }: Project): Place {
  return valueAt(place.file, ...place.path, ...(alias === undefined ? [] : ["id"]));
}
