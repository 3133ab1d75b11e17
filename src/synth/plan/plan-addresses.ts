import type { Caller, Service } from "../../matrix/model/world.ts";
import { accountAddress, bindingAddress, membersAddress, serviceAddress } from "./addresses.ts";
import { holdsAccount } from "./plan-accounts.ts";
import { ownsService, rowKind } from "./plan-rows.ts";
import type { StackScope } from "./stack-scope.ts";
import type { StackPlan } from "./stack-plan.ts";

/** Addresses that move and that are forgotten. */
export function planAddresses(scope: StackScope): Pick<StackPlan, "moved" | "removed"> {
  const { services, callers, held } = scope;
  const holds = ({ key, account }: Service | Caller): boolean => holdsAccount(held, key, account);
  const callersElsewhere = callers.filter((caller) => !holds(caller)).map(({ key }) => accountAddress(key));
  return {
    moved: services.flatMap((service) => movesOf(service, holds(service))),
    removed: [...services.flatMap((service) => forgottenOf(service, holds(service))), ...callersElsewhere],
  };
}

/** The addresses of a service that this stack holds, under one of the names that the service has or had. */
function heldAddresses(service: Service, key: string, holds: boolean): readonly string[] {
  const { mode, regions, stage } = service;
  const kind = rowKind(service);
  const address = mode === "add" ? membersAddress : bindingAddress;
  return [
    ...(holds ? [accountAddress(key)] : []),
    ...(mode === "observe" || stage === "planned" ? [] : regions.map((region) => address(kind, key, region))),
    ...(ownsService(service) ? regions.map((region) => serviceAddress(key, region)) : []),
  ];
}

/** From each former name to the next, so that a state at any of them arrives. */
function movesOf(service: Service, holds: boolean): StackPlan["moved"] {
  const names = [...service.formerNames, service.key];
  return names.slice(1).flatMap((next, index) => {
    const from = heldAddresses(service, names[index] ?? next, holds);
    const to = heldAddresses(service, next, holds);
    return from.map((address, at) => ({ from: address, to: to[at] ?? address }));
  });
}

/**
 * What an earlier mode or account of a service may have left in the state, forgotten rather than destroyed: destroying
 * members after a binding was made would cut callers off, and an account or row that is no longer managed lives on.
 */
function forgottenOf(service: Service, holds: boolean): readonly string[] {
  const { key, formerNames, regions, mode, stage } = service;
  const kind = rowKind(service);
  const rows = [...(mode === "enforce" ? [] : [bindingAddress]), ...(mode === "add" ? [] : [membersAddress])];
  return [key, ...formerNames].flatMap((name) => [
    ...(holds ? [] : [accountAddress(name)]),
    ...(stage === "planned" && mode !== "observe"
      ? []
      : regions.flatMap((region) => rows.map((address) => address(kind, name, region)))),
    // A service whose image was deleted is handed over to a pipeline, not destroyed.
    ...(service.kind === "service" && !ownsService(service)
      ? regions.map((region) => serviceAddress(name, region))
      : []),
  ]);
}
