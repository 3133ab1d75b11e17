import { IapWebCloudRunServiceIamBinding } from "@cdktf/provider-google/lib/iap-web-cloud-run-service-iam-binding/index.js";
import { IapWebCloudRunServiceIamMember } from "@cdktf/provider-google/lib/iap-web-cloud-run-service-iam-member/index.js";
import { Construct } from "constructs";
import { iapRowName, serviceAddress } from "../plan/addresses.ts";
import type { IapRowPlan } from "../plan/stack-plan.ts";
import { encodeMembers, encodeValue } from "./encode-value.ts";

/** Who may come to a service in one region through Identity-Aware Proxy: everybody who may, or members added to them. */
export class IapAccess extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { key, project, region, role, mode, members, name, ownsService }: IapRowPlan,
  ) {
    super(scope, id);
    const service = serviceAddress(key, region);
    const target = {
      project,
      location: region,
      cloudRunServiceName: ownsService ? `\${${service}.name}` : name,
      role,
      // As the row of the service: a changed role is granted first, and a service that is made anew has an empty policy.
      lifecycle: { createBeforeDestroy: true, ...(ownsService ? { replaceTriggeredBy: [`${service}.uid`] } : {}) },
    };
    const resource =
      mode === "enforce"
        ? new IapWebCloudRunServiceIamBinding(this, "row", {
            ...target,
            members: members.map(({ member }) => encodeValue(member)),
          })
        : new IapWebCloudRunServiceIamMember(this, "members", { ...target, member: "${each.value}" });
    if (mode === "add") resource.addOverride("for_each", encodeMembers(members));
    resource.overrideLogicalId(iapRowName(key, region));
  }
}
