import { calleeKinds } from "../../callees/registry.ts";
import { accountHome } from "../../access/account-project.ts";
import type { Draft } from "../../finding/draft.ts";
import type { DeclaredName, Matrix } from "../model/matrix.ts";
import { callerKinds } from "../../callers/registry.ts";
import { kindOf, mergeCaller } from "../model/resolve-caller.ts";
import type { Caller, Service } from "../model/world.ts";
import { keyAt, type Place } from "../text/place.ts";
import { eachService, fieldPlace, writtenField } from "./each-service.ts";
import { memo } from "./memo.ts";
import type { Rule } from "./rule.ts";

/** Fields that a kind does not have would be believed and do nothing. */
export const kindMismatch: Rule = {
  id: "kind-mismatch",
  severity: "error",
  summary: "a field that this kind of service or caller does not have",
  stopsSynth: true,
  *check(matrix) {
    for (const { service, environment } of eachService(matrix)) {
      for (const { field, why } of misfits(service, environment)) {
        yield {
          message: `${service.key} is a ${service.kind}, and ${why}`,
          help: field === "name" ? "only jobs have names of up to 63: give it the name that it has" : `delete ${field}`,
          at: fieldPlace(service, environment, field),
          environment,
          service: service.key,
        } satisfies Draft;
      }
      yield* wrongRole(service, environment);
    }
    yield* calledCallers(matrix);
    yield* foreignAccounts(matrix);
    for (const name of matrix.names.values()) if (name.section === "callers") yield* idleAccounts(name);
  },
};

interface Misfit {
  readonly field: "public" | "iap" | "ingress" | "image" | "name";
  readonly why: string;
}

/** Of ingress and role, only what is written for the service counts: a default is not meant for every kind. */
function misfits(service: Service, environment: string): readonly Misfit[] {
  const { kind } = service;
  const { takesRequests, longestName, terraformMakes } = calleeKinds[kind];
  const found: readonly (Misfit | false)[] = [
    !takesRequests && service.public !== undefined && { field: "public", why: `${kind}s refuse allUsers` },
    !takesRequests && service.iap !== undefined && { field: "iap", why: `nothing stands in front of a ${kind}` },
    !takesRequests &&
      writtenField(service, environment, "ingress") !== undefined && {
        field: "ingress",
        why: `a ${kind} takes no requests`,
      },
    service.name.length > longestName && { field: "name", why: `its name has more than ${longestName} characters` },
    !terraformMakes && service.image !== undefined && { field: "image", why: "Terraform makes services only" },
  ];
  return found.filter((each) => each !== false);
}

function* wrongRole(service: Service, environment: string): Iterable<Draft> {
  const { key, kind } = service;
  const { misfit, narrow } = calleeKinds[kind].roles;
  const role = writtenField(service, environment, "invokerRole");
  if (role !== misfit.role) return;
  yield {
    message: `${key} is a ${kind}, and ${role} ${misfit.lacks}`,
    help: `write roles/run.invoker or ${narrow}`,
    at: { ...fieldPlace(service, environment, "invokerRole"), part: "value" },
    environment,
    service: key,
  };
}

/** Sets may hold callers; as a callee, such a set would be called in part. */
function* calledCallers({ edges, names, expand }: Matrix): Iterable<Draft> {
  const callerIn = memo((set) => expand(set).find((member) => names.get(member)?.section === "callers"));
  for (const { key, file, callee } of edges) {
    if (callee === undefined || names.get(callee)?.section !== "sets") continue;
    const caller = callerIn(callee);
    if (caller === undefined) continue;
    yield {
      message: `the set ${callee} holds ${caller}, which only calls and cannot be called`,
      help: "name a set of services",
      at: { ...keyAt(file, "trust", key), word: callee, occurrence: "last" },
    };
  }
}

/** docs: /scheduler/docs/http-target-auth, /pubsub/docs/authenticate-push-subscriptions, /tasks/docs/creating-http-target-tasks */
function* foreignAccounts({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    for (const { key, kind, account, home, declared } of callers.values()) {
      if (callerKinds[kind].ownProjectOnly !== true || account?.source !== "elsewhere" || home === undefined) continue;
      const place = accountHome(account.email.toLowerCase());
      if (place === undefined || place === home.id || place === home.number) continue;
      yield {
        message: `${key} is a ${kind} caller of ${home.id}, and Google takes no account of another project for it: ${account.email}`,
        help: `give it an account of ${home.id}: account: { id: …, manage: reference } where it is there already`,
        at: callerFieldPlace(declared, environment.name),
        environment: environment.name,
        caller: key,
      };
    }
  }
}

function callerFieldPlace({ place, value }: Caller["declared"], environment: string): Place {
  const path = value.overrides?.[environment]?.account == null ? [] : ["overrides", environment];
  return keyAt(place.file, ...place.path, ...path, "account");
}

/** An account belongs to what runs as it; people, groups and accounts themselves call as what they are. */
function* idleAccounts({ key, value, place }: DeclaredName & { readonly section: "callers" }): Iterable<Draft> {
  const isIdle = (caller: typeof value): boolean => {
    const kind = kindOf(caller);
    return kind !== undefined && callerKinds[kind].nature !== "workload" && caller.account !== undefined;
  };
  const draft = (kind: string | undefined, path: readonly string[]): Draft => ({
    message: `${key} is a ${kind === "serviceAccount" ? "service account already" : kind === "user" ? "person" : "group"}, so account says nothing`,
    help: "delete account",
    at: keyAt(place.file, ...place.path, ...path, "account"),
    caller: key,
  });
  if (isIdle(value)) {
    yield draft(kindOf(value), []);
    return;
  }
  for (const [environment, override] of Object.entries(value.overrides ?? {})) {
    const merged = mergeCaller(value, environment);
    if (!isIdle(merged)) continue;
    const path = override.account == null ? [] : ["overrides", environment];
    yield { ...draft(kindOf(merged), path), environment };
  }
}
