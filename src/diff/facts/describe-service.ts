import type { Service } from "../../matrix/model/world.ts";
import type { Json } from "../fact.ts";
import { previousJson } from "./compare-previous-accounts.ts";
import { publicJson } from "./compare-public.ts";
import { accountJson } from "./describe-account.ts";
import { given, inOneOrder, inOrder } from "./json.ts";

/**
 * A service that is new or gone, resolved: where it is and as whom it runs, and of the rest what is not as the language
 * has it by default. The defaults of the matrix are no defaults here: they can change as well.
 */
export function serviceJson(service: Service): Json {
  const { key, kind, owner, description, labels, project, regions, name, account } = service;
  const { ingress, iap, invokerRole, mode, image, formerNames, stage, declared } = service;
  return given({
    owner,
    description,
    labels: inOrder(labels),
    kind: unless(kind, "service"),
    project: project.id,
    regions: inOneOrder(regions),
    name: unless(name, key),
    account: accountJson(account),
    previousAccounts: previousJson(service),
    ingress: unless(ingress, "internal"),
    public: publicJson(service) ?? undefined,
    iap,
    invokerRole: unless(invokerRole, "roles/run.invoker"),
    mode: unless(mode, "enforce"),
    image,
    formerNames: formerNames.length === 0 ? undefined : formerNames,
    stage: unless(stage, "live"),
    retired: declared.value.retired,
  });
}

function unless(value: string, byDefault: string): string | undefined {
  return value === byDefault ? undefined : value;
}
