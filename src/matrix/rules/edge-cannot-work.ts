import { calleeKinds } from "../../callees/registry.ts";
import { accountHome } from "../../access/account-project.ts";
import type { Draft } from "../../finding/draft.ts";
import { callerKinds } from "../../callers/registry.ts";
import type { Account, Caller, CallerKind, Edge, Service, World } from "../model/world.ts";
import { clauseCallers } from "./clause-callers.ts";
import { fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Access that Google would refuse all the same: at the network, or at Identity-Aware Proxy. */
export const edgeCannotWork: Rule = {
  id: "edge-cannot-work",
  severity: "warning",
  summary: "access that the network or Identity-Aware Proxy would refuse",
  stopsSynth: false,
  *check({ worlds }) {
    for (const world of worlds) {
      const environment = world.environment.name;
      for (const service of world.services.values()) yield* closedToThePublic(service, environment);
      const trouble = (edge: Edge): Trouble | undefined => whyNot(edge, world);
      for (const { clause, callee, callers, written, said } of clauseCallers(world, trouble, ({ kind }) => kind)) {
        const tell = (names: readonly string[]): Words => said.tell(describe(names, written, world));
        yield {
          ...tell(callers),
          at: clause.place,
          environment,
          service: callee,
          callers,
          tell,
        } satisfies Draft;
      }
    }
  },
};

/** Why callers cannot call: of one edge, two of a kind are told of together. */
interface Trouble {
  readonly kind:
    | "ID tokens alone"
    | "no proxy"
    | "people at the proxy"
    | "programs at the proxy"
    | "from outside"
    | "another project";
  readonly tell: (who: Who) => Words;
}

/** Callers as the subject of a sentence. */
interface Who {
  readonly names: string;
  readonly isOne: boolean;
}

function describe(names: readonly string[], written: string, { callers }: World): Who {
  const [first = "", second = ""] = names.map((name) => withKind(name, callers.get(name)));
  if (names.length === 1) return { names: first, isOne: true };
  const others = names.length === 2 ? second : `${names.length - 1} other members of ${written}`;
  return { names: `${first} and ${others}`, isOne: false };
}

interface Words {
  readonly message: string;
  readonly help: string;
}

function* closedToThePublic(service: Service, environment: string): Iterable<Draft> {
  const { key, kind, stage, ingress, iap } = service;
  if (service.public === undefined || !calleeKinds[kind].takesRequests || stage === "retiring" || stage === "gone")
    return;
  const draft = (words: Words): Draft => ({
    ...words,
    at: fieldPlace(service, environment, "public"),
    environment,
    service: key,
  });
  if (ingress === "internal") {
    yield draft({
      message: `${key} is public, and its ingress internal answers 404 to everybody outside`,
      help: "set ingress: all, or delete public",
    });
  }
  if (iap === "service") {
    yield draft({
      message: `${key} is public, and the Identity-Aware Proxy on it makes everybody sign in`,
      help: "delete public, or iap",
    });
  } else if (iap === "load-balancer") {
    yield draft({
      message: `${key} is public, so whoever reaches it goes around the Identity-Aware Proxy of its load balancer`,
      help: "delete public, or iap",
    });
  }
}

function whyNot({ caller: name, callee: key, clause }: Edge, { callers, services }: World): Trouble | undefined {
  const callee = services.get(key);
  if (callee === undefined) return undefined;
  const caller = callers.get(name);
  if (!calleeKinds[callee.kind].takesRequests) return caller === undefined ? undefined : noAccessToken(caller, callee);
  if (clause.through === "iap" && callee.iap === undefined) {
    return {
      kind: "no proxy",
      tell: () => ({
        message: `${key} is not behind Identity-Aware Proxy, so nobody comes through it`,
        help: `set iap on ${key}, or delete through`,
      }),
    };
  }
  if (clause.through === undefined && mustPassProxy(caller?.kind, callee)) {
    const isPerson = caller !== undefined && callerKinds[caller.kind].nature === "people";
    return {
      kind: isPerson ? "people at the proxy" : "programs at the proxy",
      tell: ({ names, isOne }) => ({
        message: `${names} would have to pass the Identity-Aware Proxy in front of ${key}, for which a grant to call is not enough`,
        help: isPerson
          ? "write through: iap"
          : `give ${isOne ? "it" : "them"} another door: a service that is not behind IAP`,
      }),
    };
  }
  return caller === undefined ? undefined : shutOut(caller, callee);
}

/** docs: google/cloud/run/v2/job.proto, RunJob — a method of Google's API, as which it takes access tokens. */
function noAccessToken({ kind }: Caller, { key }: Service): Trouble | undefined {
  if (callerKinds[kind].idTokensOnly !== true) return undefined;
  return {
    kind: "ID tokens alone",
    tell: ({ names, isOne }) => ({
      message: `${names} ${isOne ? "sends" : "send"} ID tokens alone, and Google's API, which runs the job ${key}, takes access tokens`,
      help: `call a service or workflow that runs ${key}, or a kind of caller that starts jobs, as scheduler`,
    }),
  };
}

/** A proxy on the service stands before every door; one on the load balancer only before people who come from outside. */
function mustPassProxy(kind: CallerKind | undefined, { iap, ingress }: Service): boolean {
  if (iap === "service") return true;
  return (
    iap === "load-balancer" &&
    ingress === "internal-and-cloud-load-balancing" &&
    kind !== undefined &&
    callerKinds[kind].nature === "people"
  );
}

function shutOut({ kind, account }: Caller, { key, ingress, project }: Service): Trouble | undefined {
  if (ingress !== "internal") return undefined;
  if (callerKinds[kind].origin === "internet") {
    return {
      kind: "from outside",
      tell: ({ names, isOne }) => ({
        message: `${names} ${isOne ? "comes" : "come"} from the internet, and ${key} has ingress internal: ${isOne ? "it" : "they"} would get 404`,
        help: `widen the ingress of ${key}, or call through something inside`,
      }),
    };
  }
  const home = account === undefined ? undefined : homeOf(account);
  if (callerKinds[kind].origin === "project" && home !== undefined && home !== project.id) {
    return {
      kind: "another project",
      tell: ({ names, isOne }) => ({
        message: `${names} ${isOne ? "is" : "are"} in another project than ${key}, which has ingress internal: ${isOne ? "it" : "they"} would get 404`,
        help: `move ${isOne ? "it" : "them"} into the project of ${key}, or widen the ingress`,
      }),
    };
  }
  return undefined;
}

/** The project that an account lives in, as far as it says so. */
function homeOf(account: Account): string | undefined {
  return account.source === "project" ? account.project.id : accountHome(account.email);
}

function withKind(name: string, caller: Caller | undefined): string {
  return caller === undefined ? name : `${name} (${caller.kind})`;
}
