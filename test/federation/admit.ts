import { evaluateCel } from "./cel.ts";
import type { Declared, DeclaredProvider } from "./read-stack.ts";
import { ASKED, type OutsideToken } from "./token.ts";

// What Google does with what somebody outside shows: the exchange at the STS, the right to act as an account, the call.

/** What a token becomes at a provider. */
export interface Mapped {
  readonly provider: DeclaredProvider;
  readonly google: Readonly<Record<string, string>>;
  readonly attribute: Readonly<Record<string, string>>;
}

/** Roles with which somebody may have an account's ID token made. docs: facts of iam.serviceAccounts.getOpenIdToken */
const impersonators = new Set(["roles/iam.workloadIdentityUser", "roles/iam.serviceAccountOpenIdTokenCreator"]);
const invokers = new Set(["roles/run.invoker", "roles/run.servicesInvoker", "roles/run.jobsExecutor"]);
const IAP_ROLE = "roles/iap.httpsResourceAccessor";

/** The providers that take a token, and what each makes of it. Nobody's right to an account is asked here. */
export function exchange(declared: Pick<Declared, "pools" | "providers">, token: OutsideToken): readonly Mapped[] {
  const off = new Set(declared.pools.filter(({ disabled }) => disabled).map(({ name }) => name));
  return declared.providers.flatMap((provider) => {
    if (provider.disabled || off.has(provider.pool)) return [];
    return take(provider, token) ?? [];
  });
}

/** What one provider makes of a token, whether or not it is disabled; undefined where it refuses it. */
export function take(provider: DeclaredProvider, token: OutsideToken): Mapped | undefined {
  const assertion = assertionAt(provider, token);
  if (assertion === undefined) return undefined;
  try {
    const google: Record<string, string> = {};
    const attribute: Record<string, string> = {};
    for (const [target, expression] of Object.entries(provider.mapping)) {
      const value = evaluateCel(expression, { assertion });
      if (typeof value !== "string") return undefined;
      const [space = "", name = ""] = target.split(".");
      (space === "google" ? google : attribute)[name] = value;
    }
    const { subject = "" } = google;
    if (subject === "" || Buffer.byteLength(subject) > 127) return undefined;
    const { condition } = provider;
    if (condition !== undefined && evaluateCel(condition, { assertion, google, attribute }) !== true) return undefined;
    return { provider, google, attribute };
  } catch {
    // A claim that is not there, or of another type: the exchange is refused.
    return undefined;
  }
}

function assertionAt({ name, trust }: DeclaredProvider, token: OutsideToken): Record<string, unknown> | undefined {
  if (trust.type === "aws") {
    if (token.kind !== "aws" || token.account !== trust.account) return undefined;
    return { account: token.account, arn: token.arn, userid: token.userid };
  }
  if (token.kind !== "oidc" || token.issuer !== trust.issuer) return undefined;
  if (token.keys !== trust.jwks) return undefined;
  const wanted = trust.audiences.length > 0 ? trust.audiences : [`https://iam.googleapis.com/${name}`];
  const audience = token.audience === ASKED ? wanted[0] : token.audience;
  if (audience === undefined || !wanted.includes(audience)) return undefined;
  return { iss: token.issuer, aud: audience, ...token.claims };
}

/** The members of policies that a token is. docs: iam/docs/principal-identifiers */
export function membersOf(declared: Pick<Declared, "pools" | "providers">, token: OutsideToken): ReadonlySet<string> {
  if (token.kind === "pod")
    return new Set([`serviceAccount:${token.project}.svc.id.goog[${token.namespace}/${token.account}]`]);
  return new Set(
    exchange(declared, token).flatMap(({ provider: { pool }, google, attribute }) => [
      `principal://iam.googleapis.com/${pool}/subject/${google["subject"] ?? ""}`,
      `principalSet://iam.googleapis.com/${pool}/*`,
      ...Object.entries(attribute).map(
        ([name, value]) => `principalSet://iam.googleapis.com/${pool}/attribute.${name}/${value}`,
      ),
    ]),
  );
}

/** The emails of the accounts that somebody with a token may act as, in order. */
export function accountsOf(declared: Declared, token: OutsideToken): readonly string[] {
  const members = membersOf(declared, token);
  const found = declared.grants.flatMap(({ on, role, member }) =>
    on.kind === "account" && impersonators.has(role) && members.has(member) ? [on.name] : [],
  );
  return [...new Set(found)].sort();
}

/** What a member may call, as `service PROJECT/REGION/NAME`, `job …`, or `service … through iap`; in order. */
export function targetsOf({ grants }: Declared, member: string): readonly string[] {
  const holds = grants.filter((grant) => grant.member.toLowerCase() === member.toLowerCase());
  const direct = holds.flatMap(({ on, role }) =>
    (on.kind === "service" || on.kind === "job") && invokers.has(role) ? [`${on.kind} ${on.name}`] : [],
  );
  // Whoever passes the proxy comes in as its agent, which needs a place in the row.
  const isOpen = (place: string): boolean =>
    grants.some(
      ({ on, role, member: agent }) =>
        on.kind === "service" && on.name === place && invokers.has(role) && /@gcp-sa-iap\./.test(agent),
    );
  const proxied = holds.flatMap(({ on, role }) =>
    on.kind === "iap" && role === IAP_ROLE && isOpen(on.name) ? [`service ${on.name} through iap`] : [],
  );
  // Somebody outside who stands in a row himself cannot call: Cloud Run takes accounts and people only.
  if (/^principal(Set)?:|\.svc\.id\.goog\[/.test(member)) return [];
  return [...new Set([...direct, ...proxied])].sort();
}

/** What somebody with a token may call, by whichever account. */
export function reachOf(declared: Declared, token: OutsideToken): readonly string[] {
  const found = accountsOf(declared, token).flatMap((email) => targetsOf(declared, `serviceAccount:${email}`));
  return [...new Set(found)].sort();
}
