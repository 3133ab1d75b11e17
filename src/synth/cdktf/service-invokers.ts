import { CloudRunV2JobIamBinding } from "@cdktf/provider-google/lib/cloud-run-v2-job-iam-binding/index.js";
import { CloudRunV2JobIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-job-iam-member/index.js";
import { CloudRunV2ServiceIamBinding } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-binding/index.js";
import { CloudRunV2ServiceIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-member/index.js";
import { Construct } from "constructs";
import { rowName, serviceAddress } from "../plan/addresses.ts";
import type { RowPlan } from "../plan/stack-plan.ts";
import { encodeMembers, encodeValue } from "./encode-value.ts";

const bindings = { service: CloudRunV2ServiceIamBinding, job: CloudRunV2JobIamBinding } as const;
const members = { service: CloudRunV2ServiceIamMember, job: CloudRunV2JobIamMember } as const;

/** Who may invoke a service or job in one region: the whole row, or members added to it. */
export class ServiceInvokers extends Construct {
  constructor(scope: Construct, id: string, row: RowPlan) {
    super(scope, id);
    const { key, kind, project, region, role, mode } = row;
    const service = serviceAddress(key, region);
    const target = { project, location: region, name: row.ownsService ? `\${${service}.name}` : row.name, role };
    const resource =
      mode === "enforce"
        ? new bindings[kind](this, "row", {
            ...target,
            members: row.members.map(({ member }) => encodeValue(member)),
            lifecycle: {
              // A changed role is another row: the new one is granted before the old one goes.
              createBeforeDestroy: true,
              // A service that is made anew has an empty policy.
              ...(row.ownsService ? { replaceTriggeredBy: [`${service}.uid`] } : {}),
            },
          })
        : new members[kind](this, "members", {
            ...target,
            member: "${each.value}",
            lifecycle: {
              createBeforeDestroy: true,
              ...(row.ownsService ? { replaceTriggeredBy: [`${service}.uid`] } : {}),
            },
          });
    if (mode === "add") resource.addOverride("for_each", encodeMembers(row.members));
    resource.overrideLogicalId(rowName(key, region));
  }
}
