import * as fc from "fast-check";
import type { MatrixPair } from "../../../src/diff/matrix-pair.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import type { World } from "../../../src/matrix/model/world.ts";
import { matrixOf } from "../../matrix/in-memory.ts";

/** One environment as a test thinks of it: who is there, who is public, who calls whom. */
export interface Plan {
  readonly names: readonly string[];
  readonly isPublic: readonly string[];
  readonly edges: readonly Step[];
}
export type Step = readonly [caller: string, callee: string];

export interface Version {
  readonly sensitive: readonly string[];
  /** By name of environment, in order; undefined where the version does not have it. */
  readonly plans: Readonly<Record<"dev" | "prod", Plan | undefined>>;
}

/** The services and callers that plans are made of; `f` was called `b-old` where a test renames it. */
export const serviceNames = ["a", "b", "c", "d", "e", "f"] as const;
export const OLD = "b-old";
const callers = ["cron"];
export const environments = ["dev", "prod"] as const;

/** Building a matrix from text takes a millisecond, so all worlds of generated pairs are cut out of this one. */
const whole = matrixOf({
  version: 1,
  environments: Object.fromEntries(
    environments.map((name) => [name, { project: `acme-${name}`, regions: ["europe-west1"] }]),
  ),
  services: Object.fromEntries([...serviceNames, OLD].map((name) => [name, { public: { reason: "x" } }])),
  callers: { cron: { serviceAccount: "cron@acme-jobs.iam.gserviceaccount.com" } },
  trust: { "a -> b": "x" },
});

function worldOf(plan: Plan | undefined, environment: string): World | undefined {
  const world = whole.worlds.find((each) => each.environment.name === environment);
  const clause = world?.holding[0]?.clause;
  if (plan === undefined || world === undefined || clause === undefined) return undefined;
  const holding = plan.edges.map(([caller, callee]) => ({ caller, callee, clause }));
  return {
    ...world,
    services: new Map(
      [...world.services]
        .filter(([name]) => plan.names.includes(name))
        .map(([name, service]) => [name, plan.isPublic.includes(name) ? service : { ...service, public: undefined }]),
    ),
    callers: new Map([...world.callers].filter(([name]) => plan.names.includes(name))),
    edges: holding,
    holding,
  };
}

function matrixFrom({ sensitive, plans }: Version): Matrix {
  const worlds = environments.flatMap((name) => worldOf(plans[name], name) ?? []);
  return { ...whole, environments: worlds.map(({ environment }) => environment), worlds, sensitive };
}

export function pairOf(before: Version, after: Version, renames: ReadonlyMap<string, string> = new Map()): MatrixPair {
  const worlds = environments
    .filter((name) => before.plans[name] !== undefined || after.plans[name] !== undefined)
    .map((name) => ({
      environment: name,
      before: worldOf(before.plans[name], name),
      after: worldOf(after.plans[name], name),
    }));
  return { before: matrixFrom(before), after: matrixFrom(after), renames, worlds };
}

const everybody = [...serviceNames, ...callers];
const step = fc
  .tuple(fc.constantFrom(...everybody), fc.constantFrom(...serviceNames))
  .filter(([caller, callee]) => caller !== callee);

const plan: fc.Arbitrary<Plan> = fc
  .record({
    names: fc.subarray(everybody, { minLength: 4 }),
    isPublic: fc.subarray([...serviceNames], { maxLength: 2 }),
    edges: fc.uniqueArray(step, { maxLength: 14, selector: String }),
  })
  .map(within);

function within({ names, isPublic, edges }: Plan): Plan {
  const isThere = (name: string): boolean => names.includes(name);
  return {
    names,
    isPublic: isPublic.filter(isThere),
    edges: edges.filter((each) => each.every(isThere)),
  };
}

/** A plan, and one that differs in some steps, so that most stays as it is. */
const twoPlans: fc.Arbitrary<readonly [Plan, Plan]> = fc.oneof(
  fc.tuple(plan, plan),
  fc.tuple(plan, plan, fc.array(fc.nat(), { minLength: 3, maxLength: 3 })).map(([base, other, places]) => {
    const gone = new Set(places.slice(1).map((place) => place % (base.edges.length + 2)));
    const kept = base.edges.filter((_, index) => !gone.has(index));
    const extra = other.edges.slice(0, (places[0] ?? 0) % 4);
    const edges = [...new Map([...kept, ...extra].map((each) => [String(each), each])).values()];
    return [base, within({ ...base, edges, isPublic: other.isPublic })] as const;
  }),
);

const sensitive = fc.subarray([...serviceNames], { maxLength: 2 });

/** Two versions; now and then an environment is missing on one side or both. */
export const versions: fc.Arbitrary<readonly [Version, Version]> = fc
  .record({
    dev: twoPlans,
    prod: twoPlans,
    missing: fc.constantFrom("", "", "", "before", "after", "dev"),
    sensitive: fc.tuple(sensitive, sensitive),
  })
  .map(({ dev, prod, missing, sensitive: [was, is] }) => [
    {
      sensitive: was,
      plans: { dev: missing === "dev" ? undefined : dev[0], prod: missing === "before" ? undefined : prod[0] },
    },
    {
      sensitive: is,
      plans: { dev: missing === "dev" ? undefined : dev[1], prod: missing === "after" ? undefined : prod[1] },
    },
  ]);

/** The same version with `f` under its old name. */
export function withOldName({ sensitive: names, plans: { dev, prod } }: Version): Version {
  const old = (name: string): string => (name === "f" ? OLD : name);
  const renamed = (each: Plan | undefined): Plan | undefined =>
    each && {
      names: each.names.map(old),
      isPublic: each.isPublic.map(old),
      edges: each.edges.map(([caller, callee]) => [old(caller), old(callee)] as const),
    };
  return { sensitive: names.map(old), plans: { dev: renamed(dev), prod: renamed(prod) } };
}
