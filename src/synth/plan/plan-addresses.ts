import { calleeKinds } from "../../callees/registry.ts";
import type { Caller, Service } from "../../matrix/model/world.ts";
import { groupBy } from "../../words/group-by.ts";
import {
  accountAddress,
  addedImpersonatorsAddress,
  bindingAddress,
  iapBindingAddress,
  iapMembersAddress,
  impersonatorsAddress,
  membersAddress,
  serviceAddress,
} from "./addresses.ts";
import { holdsAccount } from "./plan-accounts.ts";
import { planImpersonations } from "./plan-impersonations.ts";
import { ownsService, rowKind } from "./plan-rows.ts";
import type { StackScope } from "./stack-scope.ts";
import type { ImpersonationPlan, StackPlan } from "./stack-plan.ts";

/** Addresses that move and that are forgotten. */
export function planAddresses(scope: StackScope): Pick<StackPlan, "moved" | "removed"> {
  const { services, callers, held } = scope;
  const impersonations = planImpersonations(scope);
  const impersonated = new Set(impersonations.flatMap(({ mode, key }) => (mode === "enforce" ? [key] : [])));
  const holds = ({ key, account }: Service | Caller): boolean => holdsAccount(held, key, account);
  const isImpersonated = ({ key }: Service): boolean => impersonated.has(key);
  const callersElsewhere = callers.filter((caller) => !holds(caller)).map(({ key }) => accountAddress(key));
  return {
    moved: services.flatMap((service) => movesOf(service, holds(service), isImpersonated(service))),
    removed: [
      ...services.flatMap((service) => forgottenOf(service, holds(service))),
      ...callersElsewhere,
      // Several callers may be added to one account.
      ...new Set(forgottenImpersonators(impersonations, services)),
    ],
  };
}

/** The addresses of a service that this stack holds, under one of the names that the service has or had. */
function heldAddresses(service: Service, key: string, holds: boolean, isImpersonated: boolean): readonly string[] {
  const { mode, regions, stage } = service;
  const kind = rowKind(service);
  const [row, iapRow] = mode === "add" ? [membersAddress, iapMembersAddress] : [bindingAddress, iapBindingAddress];
  const isInForce = mode !== "observe" && stage !== "planned";
  return [
    ...(holds ? [accountAddress(key)] : []),
    ...(isImpersonated ? [impersonatorsAddress(key)] : []),
    ...(isInForce ? regions.map((region) => row(kind, key, region)) : []),
    ...(isInForce && service.iap === "service" ? regions.map((region) => iapRow(key, region)) : []),
    ...(ownsService(service) ? regions.map((region) => serviceAddress(key, region)) : []),
  ];
}

/** From each former name to the next, so that a state at any of them arrives. */
function movesOf(service: Service, holds: boolean, isImpersonated: boolean): StackPlan["moved"] {
  const names = [...service.formerNames, service.key];
  return names.slice(1).flatMap((next, index) => {
    const from = heldAddresses(service, names[index] ?? next, holds, isImpersonated);
    const to = heldAddresses(service, next, holds, isImpersonated);
    return from.map((address, at) => ({ from: address, to: to[at] ?? address }));
  });
}

/**
 * What an earlier mode or account of a service may have left in the state, forgotten rather than destroyed: destroying
 * members after a binding was made would cut callers off, and an account or row that is no longer managed lives on.
 */
function forgottenOf(service: Service, holds: boolean): readonly string[] {
  const { key, formerNames, regions, mode, stage, iap } = service;
  const kind = rowKind(service);
  const left = <A>(binding: A, members: A): readonly A[] => [
    ...(mode === "enforce" ? [] : [binding]),
    ...(mode === "add" ? [] : [members]),
  ];
  const rows = left(bindingAddress, membersAddress);
  const iapRows = iap === "service" ? left(iapBindingAddress, iapMembersAddress) : [];
  return [key, ...formerNames].flatMap((name) => [
    ...(holds ? [] : [accountAddress(name)]),
    ...(stage === "planned" && mode !== "observe"
      ? []
      : regions.flatMap((region) => [
          ...rows.map((address) => address(kind, name, region)),
          ...iapRows.map((address) => address(name, region)),
        ])),
    // A service whose image was deleted is handed over to a pipeline, not destroyed.
    ...(calleeKinds[service.kind].terraformMakes && !ownsService(service)
      ? regions.map((region) => serviceAddress(name, region))
      : []),
  ]);
}

/** Who may act as an account, in the form that it had while the stack held the account, or did not. */
function forgottenImpersonators(
  impersonations: readonly ImpersonationPlan[],
  services: readonly Service[],
): readonly string[] {
  if (impersonations.length === 0) return [];
  const byEmail = groupBy(services, ({ account }) => account.email);
  return impersonations.flatMap(({ mode, callers, email }) => {
    if (mode === "enforce") return callers.map(addedImpersonatorsAddress);
    const holders = (byEmail.get(email) ?? []).flatMap(({ key, formerNames }) => [key, ...formerNames]);
    return [...callers, ...holders].map(impersonatorsAddress);
  });
}
