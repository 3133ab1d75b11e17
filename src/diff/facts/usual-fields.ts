import { accountIdFor, DEFAULT_TEMPLATE } from "../../matrix/model/account-id.ts";
import type { Environment } from "../../matrix/model/environment.ts";
import type { Service } from "../../matrix/model/world.ts";
import { inOneOrder, sameJson } from "./json.ts";

/** The fields of a service that say no more than its environment and its key do: where every service is, and a derived account. */
export function usualFields(service: Service, environment: Environment | undefined): readonly string[] {
  const { key, project, regions, account } = service;
  const isDerived =
    account.source === "project" &&
    account.manage === "create" &&
    account.project.id === project.id &&
    account.id === accountIdFor(key, DEFAULT_TEMPLATE);
  return [
    ...(project.id === environment?.projects[0]?.id ? ["project"] : []),
    ...(sameJson(inOneOrder(regions), inOneOrder(environment?.regions ?? [])) ? ["regions"] : []),
    ...(isDerived ? ["account"] : []),
  ];
}
