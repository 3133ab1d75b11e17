import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { callerKinds, kindOf } from "../model/resolve-caller.ts";
import type { Service } from "../model/world.ts";
import { keyAt } from "../text/place.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Fields that a kind does not have would be believed and do nothing. */
export const kindMismatch: Rule = {
  id: "kind-mismatch",
  severity: "error",
  summary: "a field that this kind of service or caller does not have",
  stopsSynth: true,
  *check(matrix) {
    for (const { service, environment } of eachService(matrix)) {
      for (const { field, why } of mismatches(service)) {
        yield {
          message: `${service.key} is a ${service.kind}, and ${why}`,
          help: `delete ${field}`,
          at: fieldPlace(service, environment, field),
          environment,
          service: service.key,
        } satisfies Draft;
      }
    }
    yield* calledCallers(matrix);
    for (const { section, key, value, place } of matrix.names.values()) {
      if (section !== "callers") continue;
      const kind = kindOf(value);
      if (kind === undefined || value.account === undefined || callerKinds[kind] === "workload") continue;
      yield {
        message: `${key} is a ${kind}, which calls as itself and not as an account`,
        help: "delete account",
        at: keyAt(place.file, ...place.path, "account"),
        caller: key,
      } satisfies Draft;
    }
  },
};

/** Sets may hold callers; as a callee, such a set would be called in part. */
function* calledCallers({ edges, names, expand }: Matrix): Iterable<Draft> {
  for (const { key, file, callee } of edges) {
    if (callee === undefined || names.get(callee)?.section !== "sets") continue;
    const caller = expand(callee).find((member) => names.get(member)?.section === "callers");
    if (caller === undefined) continue;
    yield {
      message: `the set ${callee} holds ${caller}, which only calls and cannot be called`,
      help: "name a set of services",
      at: { ...keyAt(file, "trust", key), word: callee, occurrence: "last" },
    };
  }
}

type Mismatch = { readonly field: "public" | "iap" | "ingress" | "image" | "invokerRole"; readonly why: string };

function mismatches(service: Service): readonly Mismatch[] {
  const { kind, invokerRole } = service;
  const isJob = kind === "job";
  const found: readonly (Mismatch | false)[] = [
    isJob && service.public !== undefined && { field: "public", why: "jobs refuse allUsers" },
    isJob && service.iap !== undefined && { field: "iap", why: "nothing stands in front of a job" },
    isJob && service.declared.value.ingress !== undefined && { field: "ingress", why: "a job takes no requests" },
    kind !== "service" && service.image !== undefined && { field: "image", why: "Terraform makes services only" },
    isJob &&
      invokerRole === "roles/run.servicesInvoker" && {
        field: "invokerRole",
        why: "roles/run.servicesInvoker does not start jobs",
      },
    !isJob &&
      invokerRole === "roles/run.jobsExecutor" && {
        field: "invokerRole",
        why: "roles/run.jobsExecutor does not open services",
      },
  ];
  return found.filter((each) => each !== false);
}
