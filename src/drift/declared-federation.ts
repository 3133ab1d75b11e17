import type { Hop } from "../access/access.ts";
import { IMPERSONATOR_ROLE, type Impersonation, type Pool, type Provider } from "../federation/federation.ts";
import { outsideMember, poolName } from "../federation/outside-member.ts";
import { planFederation } from "../federation/plan-federation.ts";
import type { Project } from "../matrix/model/environment.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { groupBy } from "../words/group-by.ts";
import { kubernetesSpelling } from "./kubernetes-spelling.ts";

/** Who outside is declared to act as which account, and by which pools and providers, with names as Google writes them. */
export interface DeclaredFederation {
  /** By caller. */
  readonly outsiders: readonly DeclaredOutsider[];
  /** The pools that declared outsiders go through, made or named. */
  readonly pools: readonly DeclaredPool[];
  /** Whether a grant is that of a declared outsider: the role alone, on the account of its caller. */
  readonly declares: (hop: Pick<Hop, "level" | "member" | "resource" | "role">) => boolean;
  /** Whether a member is somebody outside whom the matrix declares, on whatever account. */
  readonly isOutsider: (member: string | null) => boolean;
  /** Whether an account is one that somebody outside is declared to act as, by its email. */
  readonly isActedAs: (email: string) => boolean;
  /** A member in its one spelling: of a Kubernetes account there are two. */
  readonly spell: (member: string) => string;
  /** How this and other environments of the matrix make or name a provider, by its resource name. */
  readonly plansOf: (provider: string) => readonly PlannedProvider[];
}

export interface DeclaredOutsider {
  readonly caller: string;
  /** The account that it acts as, in lower case. */
  readonly email: string;
  /** The stack that grants it. */
  readonly stack: string | undefined;
  /** As policies write it; undefined where nobody knows the number of the pool's project. */
  readonly member: string | undefined;
  readonly by: Impersonation["by"];
  /** Whether an edge of the caller holds: else nothing of it has to be live. */
  readonly isInForce: boolean;
}

export interface PlannedProvider {
  readonly world: World;
  /** The stack of its pool. */
  readonly stack: string;
  readonly provider: Provider;
}

export interface DeclaredPool {
  readonly pool: Pool;
  /** Its resource name; undefined where nobody knows the number of its project. */
  readonly name: string | undefined;
  readonly providers: readonly { readonly provider: Provider; readonly name: string | undefined }[];
}

/** What a world declares of outsiders, with the numbers of projects that the matrix or the snapshot knows. */
export function declaredFederation(
  { worlds }: Pick<Matrix, "worlds">,
  world: World,
  snapshot: Pick<Snapshot, "containers">,
): DeclaredFederation {
  const live = new Map(
    snapshot.containers.map(({ resource, details }) => [resource, valueOf(details)?.number] as const),
  );
  const numberOf = ({ id, number }: Project): string | undefined => number ?? live.get(`projects/${id}`);
  const { pools, impersonations } = planFederation(world);
  const active = new Set(world.holding.map(({ caller }) => caller));
  const outsiders = impersonations.map((each): DeclaredOutsider => {
    const { caller, account, by } = each;
    return {
      caller,
      email: account.email.toLowerCase(),
      stack: account.source === "project" ? account.project.stack : world.callers.get(caller)?.home?.stack,
      member: outsideMember({ ...each, by: by.kind === "known" ? by : { ...by, pool: numbered(by.pool, numberOf) } }),
      by,
      isInForce: active.has(caller),
    };
  });
  const spell = kubernetesSpelling(world.environment.projects, numberOf);
  const members = new Set(outsiders.flatMap(({ member }) => (member === undefined ? [] : [spell(member)])));
  const emails = new Set(outsiders.map(({ email }) => email));
  const grants = new Set(
    outsiders.flatMap(({ email, member }) => (member === undefined ? [] : [`${email} ${spell(member)}`])),
  );
  const planned = groupBy(
    worlds.flatMap((each) =>
      planFederation(each).pools.flatMap((pool) =>
        namedPool(pool, numberOf).providers.flatMap(({ name, provider }) =>
          name === undefined ? [] : [{ name, world: each, stack: pool.project.stack, provider }],
        ),
      ),
    ),
    ({ name }) => name,
  );
  return {
    outsiders,
    pools: pools.map((pool) => namedPool(pool, numberOf)),
    declares: ({ level, resource, role, member }) =>
      level === "account" &&
      role === IMPERSONATOR_ROLE &&
      member !== null &&
      grants.has(`${resource.slice(resource.lastIndexOf("/") + 1).toLowerCase()} ${spell(member)}`),
    isOutsider: (member) => member !== null && members.has(spell(member)),
    isActedAs: (email) => emails.has(email),
    spell,
    plansOf: (provider) => planned.get(provider) ?? [],
  };
}

function namedPool(pool: Pool, numberOf: (project: Project) => string | undefined): DeclaredPool {
  const name = poolName(numbered(pool, numberOf));
  return {
    pool,
    name,
    providers: pool.providers.map((provider) => ({
      provider,
      name: name === undefined ? undefined : `${name}/providers/${provider.id}`,
    })),
  };
}

function numbered(pool: Pool, numberOf: (project: Project) => string | undefined): Pool {
  return { ...pool, project: { ...pool.project, number: numberOf(pool.project) } };
}
