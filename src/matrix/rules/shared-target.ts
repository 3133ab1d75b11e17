import { calleeKinds } from "../../callees/registry.ts";
import type { Pool } from "../../federation/federation.ts";
import { planFederation } from "../../federation/plan-federation.ts";
import type { Draft } from "../../finding/draft.ts";
import { accountHolders } from "../model/account-holders.ts";
import type { Guardrails } from "../schema/generated/document.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Service, World } from "../model/world.ts";
import { keyAt, type Place } from "../text/place.ts";
import { accountPlace } from "./account-place.ts";
import { eachService, fieldPlace, writtenField } from "./each-service.ts";
import { sharePast } from "./former-name.ts";
import type { Rule } from "./rule.ts";

/** Something in Google Cloud that only one resource of all stacks may manage. */
interface Target {
  readonly kind: "account" | "policies" | "pool" | "provider" | "service";
  /** Its name in Google Cloud. */
  readonly id: string;
  /** What it is, as an object of a sentence. */
  readonly what: string;
  readonly holder: string;
  readonly environment: string;
  /** Terraform leaves it alone. */
  readonly isWatched?: boolean;
  readonly at: Place;
  /** The project it lies in. */
  readonly project: Place;
  /** Of pools: made by Terraform, not named. */
  readonly isMade?: boolean;
}

/**
 * Two resources for one target would undo each other at every apply. Accounts of one environment are `account-collision`. A
 * service that is only watched counts as well: what one name says of it must not be judged without what the other says.
 */
export const sharedTarget: Rule = {
  id: "shared-target",
  severity: "error",
  summary: "one service, account or project policy that two places would manage",
  stopsSynth: true,
  *check(matrix) {
    const first = new Map<string, Target>();
    // A service in several regions is one service here.
    const said = new Set<string>();
    for (const target of targets(matrix)) {
      const other = first.get(target.id);
      if (other === undefined) {
        first.set(target.id, target);
        continue;
      }
      const isHere = other.environment === target.environment;
      if (isHere && (target.kind === "account" || sharePast(matrix, target.holder, other.holder))) continue;
      const message = describe(target, other);
      if (said.has(message)) continue;
      said.add(message);
      yield {
        message,
        help: advise(target, isHere),
        at: target.at,
        related: [isHere ? { message: "the other stands here", at: other.at } : inSameProject(other)],
        environment: target.environment,
        service: target.holder,
      } satisfies Draft;
    }
  },
};

function describe(target: Target, other: Target): string {
  const { kind, what, holder, environment } = target;
  if (kind === "provider" || (kind === "pool" && target.isMade === true))
    return `${holder} and ${other.holder} come from different issuers, and ${what} would be made for both`;
  if (kind === "pool") return `${holder} names ${what} as if it were there before, and it is made for ${other.holder}`;
  if (kind === "policies") return `${environment} and ${other.environment} would both manage ${what}`;
  const verb = target.isWatched || other.isWatched ? "are both" : "would both manage";
  return environment === other.environment
    ? `${holder} and ${other.holder} ${verb} ${what}`
    : `${holder} in ${environment} and ${other.holder} in ${other.environment} ${verb} ${what}`;
}

function advise({ kind }: Target, isHere: boolean): string {
  if (kind === "policies") return "keep the guardrails of one environment";
  if (kind === "provider") return "leave pool out, so that pools of their own are made";
  if (kind === "pool") return "leave pool out, so that a pool of its own is made, or name one that no matrix makes";
  return isHere
    ? "give one of them another name"
    : "give each environment a project of its own, or name and account of its own";
}

/** What the two have in common; often they are one service, in two environments. */
function inSameProject({ kind, environment, at, project }: Target): NonNullable<Draft["related"]>[number] {
  return kind === "policies"
    ? { message: `${environment} has guardrails too`, at }
    : { message: `${environment} has it in the same project`, at: project };
}

function* targets(matrix: Matrix): Iterable<Target> {
  for (const { service, environment } of eachService(matrix)) {
    if (service.stage !== "gone") yield* serviceTargets(service, environment);
  }
  for (const each of accountHolders(matrix)) {
    const { holder, environment, account, managed } = each;
    if (!managed || account.source !== "project") continue;
    const { email, project } = account;
    const at = accountPlace(matrix, each);
    yield { kind: "account", id: email, what: `the account ${email}`, holder, environment, at, project: project.place };
  }
  yield* poolTargets(matrix);
  for (const { name, guardrails, projects, place } of matrix.environments) {
    if (!hasPolicies(guardrails)) continue;
    const at = keyAt(place.file, ...place.path, "guardrails");
    for (const project of projects) {
      const what = `the organization policies of ${project.id}`;
      const id = `policies ${project.id}`;
      yield { kind: "policies", id, what, holder: name, environment: name, at, project: project.place };
    }
  }
}

/**
 * Pools that are made, then those that are named and are one of them: in a pool that several issuers share nobody may be
 * known by subject alone. Two that are made have different ids, unless somebody looked for two issuers with one hash; so
 * have two providers that are made in a pool of others.
 */
function* poolTargets({ worlds }: Matrix): Iterable<Target> {
  const pools = worlds.flatMap((world) =>
    planFederation(world).pools.map((pool) => ({ pool, world, id: `pool ${pool.project.id}/${pool.id}` })),
  );
  const made = pools.filter(({ pool }) => pool.origin === "made");
  const ids = new Set(made.map(({ id }) => id));
  const named = pools.filter(({ pool }) => pool.origin === "named");
  for (const { pool, world, id } of [...made, ...named.filter((each) => ids.has(each.id))]) {
    const isMade = pool.origin === "made";
    const what = `the workload identity pool ${pool.id} of ${pool.project.id}`;
    const holder = pool.providers.flatMap(({ callers }) => callers)[0];
    yield* poolTarget({ kind: "pool", id, what, isMade }, pool, world, holder);
  }
  for (const { pool, world, id } of named) {
    for (const { id: provider, origin, callers } of pool.providers) {
      if (origin === "named") continue;
      const what = `the provider ${provider} of the pool ${pool.id}`;
      yield* poolTarget({ kind: "provider", id: `${id}/${provider}`, what }, pool, world, callers[0]);
    }
  }
}

function* poolTarget(
  target: Pick<Target, "id" | "isMade" | "kind" | "what">,
  { project }: Pool,
  { callers, environment }: World,
  holder = "",
): Iterable<Target> {
  const at = callers.get(holder)?.declared.place;
  if (at !== undefined) yield { ...target, holder, environment: environment.name, at, project: project.place };
}

function* serviceTargets(service: Service, environment: string): Iterable<Target> {
  const { key, kind, name, project, regions, declared } = service;
  const noun = calleeKinds[kind].resource;
  const at: Place =
    writtenField(service, environment, "name") === undefined
      ? declared.place
      : { ...fieldPlace(service, environment, "name"), part: "value" };
  for (const region of regions) {
    yield {
      kind: "service",
      id: `${noun} ${project.id}/${region}/${name}`,
      what: `the ${noun} ${name} of ${project.id}`,
      holder: key,
      environment,
      isWatched: service.mode === "observe",
      at,
      project: project.place,
    };
  }
}

function hasPolicies(guardrails: Guardrails): boolean {
  return Object.entries(guardrails).some(([name, value]) => !name.startsWith("x-") && value !== false);
}
