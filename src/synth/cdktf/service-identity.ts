import { ServiceAccount } from "@cdktf/provider-google/lib/service-account/index.js";
import { Construct } from "constructs";
import type { AccountPlan } from "../plan/stack-plan.ts";
import { encodeCut } from "./encode-text.ts";

/** Limits of the IAM API (google/iam/admin/v1/iam.proto), in bytes. */
const MAX_DISPLAY_NAME = 100;
const MAX_DESCRIPTION = 256;

/** What whoever made an account has given it. */
const keptWhenAdopted = ["display_name", "description"];

/** The account that a service or caller runs as. */
export class ServiceIdentity extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { key, project, id: accountId, displayName, description, disabled, adopted, guarded }: AccountPlan,
  ) {
    super(scope, id);
    const account = new ServiceAccount(this, "account", {
      project,
      accountId,
      displayName: encodeCut(displayName, MAX_DISPLAY_NAME),
      ...(description === undefined ? {} : { description: encodeCut(description, MAX_DESCRIPTION) }),
      ...(disabled ? { disabled } : {}),
      ...(guarded || adopted
        ? {
            lifecycle: {
              ...(guarded ? { preventDestroy: true } : {}),
              // Else its import would change it; that it retires is said by the matrix.
              ...(adopted ? { ignoreChanges: disabled ? keptWhenAdopted : [...keptWhenAdopted, "disabled"] } : {}),
            },
          }
        : {}),
    });
    account.overrideLogicalId(key);
  }
}
