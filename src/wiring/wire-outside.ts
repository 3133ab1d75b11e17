import { shownTokenOf } from "../callers/caller-of.ts";
import type { ShownToken } from "../callers/shown-token.ts";
import { type Federation, IMPERSONATOR_ROLE, type Impersonation, type Pool } from "../federation/federation.ts";
import { outsideMember, poolName } from "../federation/outside-member.ts";
import type { Caller } from "../matrix/model/world.ts";
import { credentialConfiguration, tokenFileOf } from "./credential-file.ts";
import type { WiredOutside, WiredProvider } from "./wiring-report.ts";

export interface OutsideQuestion {
  readonly federation: Federation;
  /** Numbers of projects by their ids, beside those in the matrix. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Where the token of the other issuer is to be read from; undefined: where the kind of the caller says. */
  readonly tokenFile: string | undefined;
}

/** Who outside may act as the account of a caller, and how it does; null where nobody has to. */
export function wireOutside(
  caller: Pick<Caller, "key" | "kind">,
  { federation, numbers, tokenFile }: OutsideQuestion,
): WiredOutside | null {
  const found = federation.impersonations.find((each) => each.caller === caller.key);
  if (found === undefined) return null;
  const numbered = withNumber(found, numbers);
  const { by } = numbered;
  return {
    kind: by.kind,
    role: IMPERSONATOR_ROLE,
    member: outsideMember(numbered) ?? null,
    provider: by.kind === "known" ? null : wireProvider(by, shownTokenOf(caller), tokenFile),
  };
}

function wireProvider(
  { pool, provider }: Extract<Impersonation["by"], { readonly kind: "pooled" }>,
  shows: ShownToken | undefined,
  tokenFile: string | undefined,
): WiredProvider {
  const { trust } = provider;
  const parent = poolName(pool);
  const name = parent === undefined ? undefined : `${parent}/providers/${provider.id}`;
  const file = tokenFileOf({ trust, shows, tokenFile });
  const audience = audienceFor(trust, name);
  return {
    project: pool.project.id,
    pool: pool.id,
    id: provider.id,
    name: name ?? null,
    origin: provider.origin,
    disabled: pool.disabled || provider.disabled,
    issuer: trust.type === "aws" ? null : trust.issuer,
    audience: audience ?? null,
    tokenFile: file ?? null,
    note: shows?.note ?? null,
    fetch: file === undefined || audience === undefined ? [] : (shows?.fetch?.({ audience, file }) ?? []),
    credentials: name === undefined ? null : credentialConfiguration({ provider: name, trust, shows, tokenFile }),
  };
}

/**
 * What the token of the other issuer is asked for. Without a list of audiences a provider takes its own resource name.
 * docs: iam v1 `Oidc.allowedAudiences`
 */
function audienceFor(
  trust: Extract<Impersonation["by"], { readonly kind: "pooled" }>["provider"]["trust"],
  name: string | undefined,
): string | undefined {
  if (trust.type === "aws") return undefined;
  const [first] = trust.audiences;
  return first ?? (name === undefined ? undefined : `https://iam.googleapis.com/${name}`);
}

/** The matrix may leave out a number that was read. */
function withNumber(impersonation: Impersonation, numbers: ReadonlyMap<string, string>): Impersonation {
  const { by } = impersonation;
  if (by.kind === "known") return impersonation;
  const { project } = by.pool;
  const number = project.number ?? numbers.get(project.id);
  const pool: Pool = { ...by.pool, project: { ...project, number } };
  return { ...impersonation, by: { ...by, pool } };
}
