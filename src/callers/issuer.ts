import { briefText } from "../words/brief.ts";
import type { DetailProblem } from "./caller-kind.ts";
import type { PoolWish } from "./outside.ts";
import { knownSpelling } from "./shared-issuers.ts";
import { shortHash } from "./short-hash.ts";

/** What kinds with an issuer of their own have in common. */
interface IssuerDetails {
  readonly issuer?: string;
  readonly audience?: string;
  readonly jwks?: string;
  readonly pool?: string;
  readonly provider?: string;
}

/** The pool that is there already and used; undefined where one is made. */
export function existingPool({ pool, provider }: IssuerDetails): PoolWish["existing"] {
  return pool === undefined ? undefined : { pool, provider };
}

/** The name of an attribute that nobody else's provider maps by accident. At most 100 of a to z, 0 to 9 and _ */
export function ownName(name: string, apart: readonly string[]): string {
  return `${name}_${shortHash(...apart)}`;
}

/** In characters. docs: iam v1 `projects.locations.workloadIdentityPools.providers`, oidc.allowedAudiences */
const MAX_AUDIENCE = 256;

export function checkIssuer({ issuer = "", audience, jwks, pool, provider }: IssuerDetails): readonly DetailProblem[] {
  const spelling = knownSpelling(issuer);
  const problems: readonly (DetailProblem | false)[] = [
    (spelling !== undefined || /^https:\/\/(?:[^/]*[A-Z]|[^/]+:443(?:\/|$))/.test(issuer)) && {
      field: "issuer",
      problem: "limit",
      message: `has an issuer that no token has, since it is compared letter by letter: ${briefText(issuer)}`,
      help:
        spelling === undefined
          ? "write it as the claim iss of its tokens has it: the host in small letters, without port 443"
          : `write ${spelling}`,
    },
    audience !== undefined &&
      audience.length > MAX_AUDIENCE && {
        field: "audience",
        problem: "limit",
        message: `has an audience of ${audience.length} characters, and Google takes ${MAX_AUDIENCE}`,
        help: "ask the issuer for a shorter audience",
      },
    provider !== undefined &&
      pool === undefined && {
        field: "provider",
        problem: "limit",
        message: "names a provider and not the pool that it is in",
        help: "add pool, or delete provider",
      },
    provider !== undefined &&
      jwks !== undefined && {
        field: "jwks",
        problem: "limit",
        message: "names keys for a provider that is there already, and nothing would be made of them",
        help: "delete jwks, or provider",
      },
  ];
  return problems.filter((each) => each !== false);
}

/** A provider that somebody else made maps what it maps; of that only the subject has a known meaning. */
export function providerCannot(what: string): DetailProblem {
  return {
    field: "provider",
    problem: "limit",
    message: `names an existing provider, and whether that maps ${what} is not known here`,
    help: "delete provider, so that one is made in the pool, or give nothing but a subject under oidc",
  };
}
