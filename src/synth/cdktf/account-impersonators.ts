import { ServiceAccountIamBinding } from "@cdktf/provider-google/lib/service-account-iam-binding/index.js";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import { Construct } from "constructs";
import { impersonatorsName } from "../plan/addresses.ts";
import type { ImpersonationPlan } from "../plan/stack-plan.ts";
import { encodeMembers, encodeValue } from "./encode-value.ts";

/** Who outside may act as an account: everybody who may, or members added to them. */
export class AccountImpersonators extends Construct {
  constructor(scope: Construct, id: string, { mode, key, account, role, members }: ImpersonationPlan) {
    super(scope, id);
    const target = { serviceAccountId: encodeValue(account), role };
    const resource =
      mode === "enforce"
        ? new ServiceAccountIamBinding(this, "all", {
            ...target,
            members: members.map(({ member }) => encodeValue(member)),
          })
        : new ServiceAccountIamMember(this, "added", { ...target, member: "${each.value}" });
    if (mode === "add") resource.addOverride("for_each", encodeMembers(members));
    resource.overrideLogicalId(impersonatorsName(key));
  }
}
