import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import { Construct } from "constructs";
import { grantName } from "../plan/addresses.ts";
import type { GrantPlan } from "../plan/stack-plan.ts";
import { encodeValue } from "./encode-value.ts";

/** A role that a caller needs beside its place in rows. It is added: who else has the role is not for the matrix to say. */
export class CallerGrant extends Construct {
  constructor(scope: Construct, id: string, { key, on, role, member }: GrantPlan) {
    super(scope, id);
    const grant = { role, member: encodeValue(member) };
    const resource =
      "project" in on
        ? new ProjectIamMember(this, "grant", { project: on.project, ...grant })
        : new ServiceAccountIamMember(this, "grant", { serviceAccountId: encodeValue(on.account), ...grant });
    resource.overrideLogicalId(grantName(key, role));
  }
}
