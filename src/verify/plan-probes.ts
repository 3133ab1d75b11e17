import { parseMember } from "../access/member.ts";
import { calleeKinds } from "../callees/registry.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { selectorMatcher } from "../matrix/model/match-selector.ts";
import { rowMembers } from "../matrix/model/row-members.ts";
import type { Caller, Service, World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { findAddress } from "./find-address.ts";
import { inheritedWay, type Opens } from "./inherited-way.ts";
import type { Credential, LeftOut, LeftOutReason, Probe, VerifyPlan } from "./probe.ts";
import { type Pair, samplePairs } from "./sample-pairs.ts";

/** Whose token is shown: a service or caller of the matrix that has an account. */
export interface Shown {
  readonly key: string;
  readonly email: string;
}

export interface VerifyQuestion {
  readonly matrix: Matrix;
  readonly world: World;
  readonly snapshot: Snapshot | undefined;
  readonly callers: readonly Shown[];
  /** Services to call; undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
  readonly includeSensitive: boolean;
  /** How many undeclared pairs are tried for each caller. */
  readonly sample: number;
  readonly opens: Opens;
  /** The path for each service that has one of its own, and the one for all others. */
  readonly paths: { readonly of: ReadonlyMap<string, string>; readonly others: string };
}

/** No service has it: a token for it opens nothing, wherever it goes. RFC 6761 keeps `invalid` for that. */
export const WRONG_AUDIENCE = "https://matrix-verify-wrong-audience.invalid";

/** The account of a service or caller; undefined for people and groups. */
export function shownAs({ key, account }: Service | Caller): Shown | undefined {
  return account === undefined ? undefined : { key, email: account.email.toLowerCase() };
}

/** Which calls are made, and what must come of them. Pure; the same matrix gives the same calls. */
export function planProbes(question: VerifyQuestion): VerifyPlan {
  const { matrix, world, callers, only, includeSensitive } = question;
  const isSensitive =
    matrix.sensitive === undefined || includeSensitive
      ? () => false
      : selectorMatcher(matrix.sensitive, world, matrix.expand);
  const asked = [...world.services.values()].filter(({ key }) => only === undefined || only.has(key));
  const sorted = asked.map((service) => ({ service, why: reasonToLeave(service, isSensitive) }));
  const called = sorted.flatMap(({ service, why }) => (why === undefined ? [service] : []));
  const leftOut = sorted.flatMap(({ service, why }): readonly LeftOut[] =>
    why === undefined ? [] : [{ service: service.key, caller: null, why }],
  );
  const parts = [
    { probes: called.flatMap((service) => bare(service, question)), leftOut },
    ...callers.map((caller) => withToken(caller, called, question)),
    ...(callers.length === 0 ? [] : [wrongAudience(called, question)]),
  ];
  return {
    probes: parts.flatMap(({ probes }) => probes).sort(byPlace),
    leftOut: parts.flatMap((part) => part.leftOut),
  };
}

function reasonToLeave(service: Service, isSensitive: (key: string) => boolean): LeftOutReason | undefined {
  const { key, kind, stage, mode } = service;
  if (stage === "planned") return "planned";
  if (stage !== "live") return "retired";
  if (!calleeKinds[kind].takesRequests) return "job";
  if (mode === "observe") return "observed";
  return isSensitive(key) ? "sensitive" : undefined;
}

function bare(service: Service, question: VerifyQuestion): readonly Probe[] {
  const isPublic = service.public !== undefined;
  const isProxied = service.iap === "service";
  return service.regions.map((region) => ({
    ...placeOf(service, region, question),
    credential: "none",
    caller: null,
    account: null,
    audience: null,
    expects: isProxied ? "proxy" : isPublic ? "admit" : "refuse",
    because: isProxied ? "Identity-Aware Proxy stands in front of it" : isPublic ? "it is public" : "it is not public",
  }));
}

/** What a token of a caller must open, and a sample of what it must not. */
function withToken(caller: Shown, called: readonly Service[], question: VerifyQuestion): VerifyPlan {
  const { world, matrix, sample } = question;
  const edges = world.holding.filter((edge) => edge.caller === caller.key);
  const rows = rowMembers(world, matrix.asOf);
  const principal = parseMember(`serviceAccount:${caller.email}`).principal;
  const probes: Probe[] = [];
  const leftOut: LeftOut[] = [];
  const others: (Pair & { readonly of: Service; readonly mayInherit: boolean })[] = [];
  for (const service of called) {
    const own = edges.filter(({ callee }) => callee === service.key);
    const isDirect = own.some(({ clause }) => clause.through !== "iap");
    // Identity-Aware Proxy asks for an audience of its own, which the matrix does not hold.
    if (service.iap === "service" || (own.length > 0 && !isDirect)) {
      if (own.length > 0) leftOut.push({ service: service.key, caller: caller.key, why: "proxy" });
      continue;
    }
    // Another service or caller may have the same account, and its row lets this one in, too.
    const other = (rows.get(service.key) ?? []).find((each) => parseMember(each.principal).principal === principal);
    if (isDirect || (other !== undefined && service.public === undefined)) {
      const because = isDirect
        ? "an edge says so"
        : `the row lets ${other?.caller ?? ""} in, which has the same account`;
      probes.push(
        ...service.regions.map((region) =>
          tokenProbe(caller, service, region, question, { expects: "admit", because }),
        ),
      );
      continue;
    }
    if (service.public !== undefined) continue;
    const inherited = inheritedWay(principal, service, matrix, question.opens);
    if (inherited === "yes") leftOut.push({ service: service.key, caller: caller.key, why: "inherited" });
    else
      others.push(
        ...service.regions.map((region) => ({
          caller: caller.key,
          service: service.key,
          region,
          of: service,
          mayInherit: inherited === "perhaps",
        })),
      );
  }
  const undeclared = samplePairs(others, sample, world.environment.name).map(({ of, region, mayInherit }) => ({
    ...tokenProbe(caller, of, region, question, { expects: "refuse", because: "no edge says so" }),
    mayInherit,
  }));
  return { probes: [...probes, ...undeclared], leftOut };
}

/** Once per service and region: a token for somebody else, of a caller that may call it where there is one. */
function wrongAudience(called: readonly Service[], question: VerifyQuestion): VerifyPlan {
  const { callers, world } = question;
  const probes: Probe[] = [];
  const leftOut: LeftOut[] = [];
  for (const service of called) {
    const why = service.iap === "service" ? "proxy" : service.public === undefined ? undefined : "public";
    const allowed = callers.find(({ key }) =>
      world.holding.some(
        ({ caller, callee, clause }) => caller === key && callee === service.key && clause.through !== "iap",
      ),
    );
    const caller = allowed ?? callers[0];
    if (why !== undefined) leftOut.push({ service: service.key, caller: null, why });
    else if (caller !== undefined)
      probes.push(
        ...service.regions.map((region): Probe => ({
          ...tokenProbe(caller, service, region, question, {
            expects: "distrust",
            because: "the token is for another audience",
          }),
          credential: "wrong-audience",
          audience: WRONG_AUDIENCE,
        })),
      );
  }
  return { probes, leftOut };
}

function tokenProbe(
  caller: Shown,
  service: Service,
  region: string,
  question: VerifyQuestion,
  wish: Pick<Probe, "expects" | "because">,
): Probe {
  const place = placeOf(service, region, question);
  const audience = place.url === null ? null : new URL(place.url).origin;
  return { ...place, credential: "token", caller: caller.key, account: caller.email, audience, ...wish };
}

function placeOf(
  service: Service,
  region: string,
  { snapshot, paths }: VerifyQuestion,
): Pick<Probe, "service" | "region" | "url" | "obstacle" | "doubt" | "isPublic" | "isInternal" | "mayInherit"> {
  const { key, ingress } = service;
  const address = findAddress(service, region, snapshot);
  return {
    service: key,
    region,
    url: "url" in address ? urlAt(address.url, paths.of.get(key) ?? paths.others) : null,
    obstacle: "url" in address ? null : address.obstacle,
    doubt: "url" in address ? address.doubt : null,
    isPublic: service.public !== undefined,
    isInternal: ingress !== "all",
    mayInherit: false,
  };
}

/** A path must not reach another host, whatever it says. */
function urlAt(base: string, path: string): string {
  const url = new URL(base);
  const [pathname = "", ...query] = path.split("?");
  url.pathname = pathname;
  url.search = query.join("?");
  return url.href;
}

const order: readonly Credential[] = ["none", "wrong-audience", "token"];

function byPlace(a: Probe, b: Probe): number {
  return (
    compareText(a.service, b.service) ||
    compareText(a.region, b.region) ||
    order.indexOf(a.credential) - order.indexOf(b.credential) ||
    compareText(a.caller ?? "", b.caller ?? "")
  );
}
