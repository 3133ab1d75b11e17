import { kubernetesSpelling } from "../drift/kubernetes-spelling.ts";
import { IMPERSONATOR_ROLE, type Provider } from "../federation/federation.ts";
import { memberPath, memberScheme } from "../federation/outside-member.ts";
import { planFederation } from "../federation/plan-federation.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";

/** Who outside a matrix lets act as which account, and the pools that they come through. */
export interface DeclaredOutsiders {
  /** Whether a grant on an account, by its email, is that of a declared caller. */
  readonly declares: (email: string, role: string, member: string) => boolean;
  /** Whether somebody outside is declared to act as an account at all. */
  readonly isActedAs: (email: string) => boolean;
  /** The pools through which declared callers come, of a project and an id; of any where one is not known. */
  readonly poolsOf: (project: string | undefined, pool: string | undefined) => readonly DeclaredPool[];
  readonly keysOf: (file: string) => string | undefined;
}

export interface DeclaredPool {
  /** The id of its project, and its own. */
  readonly project: string;
  readonly id: string;
  readonly environments: readonly string[];
  readonly callers: readonly string[];
  readonly providers: ReadonlyMap<string, Provider>;
}

export function declaredOutsiders({ keyFiles }: Matrix, worlds: readonly World[]): DeclaredOutsiders {
  const pools = new Map<string, DeclaredPool>();
  const grants = new Set<string>();
  const emails = new Set<string>();
  const ids = new Map<string, string>();
  const unnumbered = new Set<string>();
  for (const world of worlds) {
    for (const { id, number } of world.environment.projects) {
      if (number === undefined) unnumbered.add(id);
      else ids.set(number, id);
    }
    const { pools: planned, impersonations } = planFederation(world);
    for (const { account, by } of impersonations) {
      const email = account.email.toLowerCase();
      emails.add(email);
      const place = by.kind === "known" ? "" : `${by.pool.project.id}/${by.pool.id}`;
      grants.add(
        `${email} ${by.kind === "known" ? by.principal : `${memberScheme(by.match)} ${place} ${memberPath(by.match)}`}`,
      );
    }
    for (const { project, id, providers } of planned) {
      const key = `${project.id}/${id}`;
      const known = pools.get(key);
      pools.set(key, {
        project: project.id,
        id,
        environments: [...new Set([...(known?.environments ?? []), world.environment.name])],
        callers: [...new Set([...(known?.callers ?? []), ...providers.flatMap(({ callers }) => callers)])].sort(),
        providers: new Map([...(known?.providers ?? []), ...providers.map((each) => [each.id, each] as const)]),
      });
    }
  }
  const kubernetes = kubernetesSpelling(
    worlds.flatMap(({ environment }) => environment.projects),
    ({ number }) => number,
  );
  /** A member with its project by id; of a number that the matrix does not give, each project without one. */
  const spellings = (member: string): readonly string[] => {
    const [, scheme, number = "", pool = "", path = ""] = memberForm.exec(member) ?? [];
    if (scheme === undefined || pool.endsWith(".svc.id.goog")) return [kubernetes(member)];
    const id = ids.get(number);
    return (id === undefined ? [...unnumbered] : [id]).map((project) => `${scheme} ${project}/${pool} ${path}`);
  };
  return {
    declares: (email, role, member) =>
      role === IMPERSONATOR_ROLE && spellings(member).some((each) => grants.has(`${email} ${each}`)),
    isActedAs: (email) => emails.has(email),
    poolsOf: (project, pool) =>
      [...pools.values()].filter((each) => (project ?? each.project) === each.project && (pool ?? each.id) === each.id),
    keysOf: (file) => keyFiles.get(file),
  };
}

const memberForm =
  /^(principal|principalSet):\/\/iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/(.+)$/s;
