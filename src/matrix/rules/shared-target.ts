import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Place } from "../text/place.ts";
import { eachService } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Something in Google Cloud that only one resource of all stacks may manage. */
interface Target {
  readonly what: string;
  readonly holder: string;
  readonly environment: string;
  readonly at: Place;
}

/** Two resources for one target would undo each other at every apply. Accounts of one environment are `account-collision`. */
export const sharedTarget: Rule = {
  id: "shared-target",
  severity: "error",
  summary: "one service, account or project policy that two places would manage",
  stopsSynth: true,
  *check(matrix) {
    const first = new Map<string, Target>();
    for (const target of targets(matrix)) {
      const other = first.get(target.what);
      if (other === undefined) {
        first.set(target.what, target);
        continue;
      }
      yield {
        message: `${target.holder} in ${target.environment} and ${other.holder} in ${other.environment} would both manage ${target.what}`,
        help: "give one of them another name or project, or mode: observe",
        at: target.at,
        related: [{ message: "the other stands here", at: other.at }],
        environment: target.environment,
        service: target.holder,
      } satisfies Draft;
    }
  },
};

function* targets(matrix: Matrix): Iterable<Target> {
  const accounts = new Map<string, string>();
  for (const { service, environment } of eachService(matrix)) {
    const { key, kind, name, project, regions, account, mode, stage, declared } = service;
    if (mode === "observe" || stage === "gone") continue;
    const at = declared.place;
    for (const region of regions)
      yield {
        what: `the ${kind === "job" ? "job" : "service"} ${name} in ${project.id}/${region}`,
        holder: key,
        environment,
        at,
      };
    if (account.source !== "project" || account.manage === "reference") continue;
    const home = accounts.get(account.email);
    if (home === environment) continue;
    accounts.set(account.email, environment);
    yield { what: `the account ${account.email}`, holder: key, environment, at };
  }
  for (const { environment, callers } of matrix.worlds) {
    for (const { key, account, declared } of callers.values()) {
      if (
        account?.source !== "project" ||
        account.manage === "reference" ||
        accounts.get(account.email) === environment.name
      )
        continue;
      accounts.set(account.email, environment.name);
      yield { what: `the account ${account.email}`, holder: key, environment: environment.name, at: declared.place };
    }
    if (Object.keys(environment.guardrails).length === 0) continue;
    for (const { id, place } of environment.projects)
      yield {
        what: `the organization policies of ${id}`,
        holder: "guardrails",
        environment: environment.name,
        at: place,
      };
  }
}
