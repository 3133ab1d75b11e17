import { findRemovals, type Removal } from "../../synth/output/find-removals.ts";
import { type PlannedStack, planResources } from "../../synth/plan/plan-resources.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { DiffContext } from "./diff-context.ts";
import type { Judged } from "./sides.ts";

/** Something that Terraform would destroy, or make anew, in an environment. */
export interface TerraformRemoval extends Removal {
  readonly environment: string;
  /** The key that its service or caller has in the later version. */
  readonly subject: string;
  /** Whether the later version has that service or caller, and it still runs. */
  readonly stays: boolean;
  /** The other stack that makes the same thing anew, where one does. */
  readonly madeBy?: string;
}

/** Facts that can change which resources a stack holds. */
const kinds: ReadonlySet<ChangeKind> = new Set([
  "environment-changed",
  "environment-removed",
  "service-removed",
  "service-renamed",
  "caller-removed",
  "caller-renamed",
  "identity-changed",
  "account-changed",
  "stage-changed",
  "mode-changed",
  "service-kind-changed",
  "run-name-changed",
  "project-changed",
  "regions-changed",
  "image-changed",
  "former-names-changed",
]);

/** What applying the later version destroys of what the earlier one holds, but for what was retired before. */
export function terraformRemovals(context: DiffContext, facts: readonly Judged[]): readonly TerraformRemoval[] {
  const { before, after } = context.pair;
  const environments = environmentsOf(facts);
  if (environments.size === 0) return [];
  const held = planResources(before, environments);
  const environmentOf = new Map(held.map(({ name, environment }) => [name, environment]));
  const removals = findRemovals(held, planResources(after, environments)).filter(({ what }) => !isPool(what));
  const makerOf = removals.some(({ fate }) => fate === "destroyed") ? otherMakers(context, held) : () => undefined;
  return removals.flatMap((removal): readonly TerraformRemoval[] => {
    const environment = environmentOf.get(removal.stack) ?? "";
    const [sides] = context.sidesOf({ environments: [environment] });
    const then = sides?.before.service(removal.name);
    if (then !== undefined && then.stage !== "live" && then.stage !== "planned") return [];
    const subject = context.later(removal.name);
    const now = sides?.after.find(subject);
    const stays = now !== undefined && !("stage" in now && now.stage === "gone");
    const madeBy = removal.fate === "destroyed" ? makerOf(removal) : undefined;
    return [{ ...removal, environment, subject, stays, ...(madeBy === undefined ? {} : { madeBy }) }];
  });
}

/** A workload identity pool or provider that applying the later version destroys, or makes anew. */
export interface PoolRemoval extends Removal {
  readonly environment: string;
}

/** They belong to no one caller. A provider that goes with its pool is told with that. */
export function poolRemovals({ pair }: DiffContext, facts: readonly Judged[]): readonly PoolRemoval[] {
  const environments = environmentsOf(facts);
  if (environments.size === 0) return [];
  const held = planResources(pair.before, environments);
  const environmentOf = new Map(held.map(({ name, environment }) => [name, environment]));
  const gone = findRemovals(held, planResources(pair.after, environments)).filter(({ what }) => isPool(what));
  const isInPool = ({ stack, name }: Removal): boolean =>
    gone.some((other) => other.what === "pool" && other.stack === stack && name.startsWith(`${other.name}_`));
  return gone
    .filter((removal) => removal.what === "pool" || !isInPool(removal))
    .map((removal) => ({ ...removal, environment: environmentOf.get(removal.stack) ?? "" }));
}

function isPool(what: Removal["what"]): boolean {
  return what === "pool" || what === "provider";
}

function environmentsOf(facts: readonly Judged[]): ReadonlySet<string> {
  const relevant = facts.filter(({ kind }) => kinds.has(kind));
  return new Set(relevant.flatMap((fact) => [...fact.environments, ...ofEnvironment(fact)]));
}

/** Finds the stack that comes to hold what another one lets go: an account or a row is the same one in whatever state. */
function otherMakers(
  { pair, sides }: DiffContext,
  held: readonly PlannedStack[],
): (removal: Removal) => string | undefined {
  const all = new Set(sides.map(({ environment }) => environment));
  const heldBefore = new Set(
    planResources(pair.before, all).flatMap((stack) =>
      [...thingsOf(stack)].map(([, thing]) => `${stack.name} ${thing}`),
    ),
  );
  const makers = new Map<string, string>();
  for (const stack of planResources(pair.after, all))
    for (const [, thing] of thingsOf(stack))
      if (!heldBefore.has(`${stack.name} ${thing}`)) makers.set(thing, stack.name);
  const wanted = new Map(held.map((stack) => [stack.name, new Map(thingsOf(stack))]));
  return ({ stack, address }) => {
    const maker = makers.get(wanted.get(stack)?.get(address) ?? "");
    return maker === stack ? undefined : maker;
  };
}

/** What each resource of a stack stands for at Google, by its address. */
function* thingsOf({ resources }: PlannedStack): Iterable<readonly [address: string, thing: string]> {
  for (const [address, { project, location, name, account_id: account }] of resources) {
    const [type = ""] = address.split(".");
    // A row of a service that the stack makes refers to it.
    const reference = typeof name === "string" ? /^\$\{(.+)\.name\}$/.exec(name)?.[1] : undefined;
    const target = reference === undefined ? name : resources.get(reference)?.["name"];
    // Whether a row is kept whole or members are added to it, it is the row of the same service.
    yield [address, [type.replace(/_(binding|member)$/, ""), project, location, target, account].join(" ")];
  }
}

/** A change of an environment is about the one that it names. */
function ofEnvironment({ kind, subject }: Judged): readonly string[] {
  return kind.startsWith("environment-") && subject !== null ? [subject] : [];
}
