import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service/index.js";
import { Construct } from "constructs";
import { regionalName } from "../plan/addresses.ts";
import type { ServicePlan } from "../plan/stack-plan.ts";
import { encodeText } from "./encode-text.ts";
import { encodeValue } from "./encode-value.ts";

/** What deployments own: every argument but name, place, account, ingress, invoker check and the guard against deletion. */
const ownedByDeployments = [
  "annotations",
  "binary_authorization",
  "build_config",
  "client",
  "client_version",
  "custom_audiences",
  "description",
  "labels",
  "launch_stage",
  "scaling",
  "traffic",
  ...[
    "annotations",
    "containers",
    "encryption_key",
    "execution_environment",
    "gpu_zonal_redundancy_disabled",
    "labels",
    "max_instance_request_concurrency",
    "node_selector",
    "revision",
    "scaling",
    "session_affinity",
    "timeout",
    "volumes",
    "vpc_access",
  ].map((argument) => `template[0].${argument}`),
];

/** A Cloud Run service that Terraform makes: whom it runs as, and how far it is open. */
export class ServiceExposure extends Construct {
  constructor(scope: Construct, id: string, plan: ServicePlan) {
    super(scope, id);
    const { key, project, region, name, image, account, ingress, invokerIamDisabled, deletionProtection, iapEnabled } =
      plan;
    const service = new CloudRunV2Service(this, "service", {
      project,
      location: region,
      name,
      // Written out although they are the defaults: the provider does not notice a change of what is left out.
      ingress,
      invokerIamDisabled,
      deletionProtection,
      template: { serviceAccount: encodeValue(account), containers: [{ image: encodeText(image) }] },
      lifecycle: { ignoreChanges: ownedByDeployments },
    });
    if (iapEnabled !== undefined) service.addOverride("iap_enabled", iapEnabled);
    service.overrideLogicalId(regionalName(key, region));
  }
}
