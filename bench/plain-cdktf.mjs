// What synth is measured against: a plain CDKTF program as one writes it from the documentation, with deep imports,
// one google_cloud_run_v2_service_iam_member per edge. Usage: node plain-cdktf.mjs MODEL.json OUTDIR
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { App, TerraformStack } = require("cdktf");
const { GoogleProvider } = require("@cdktf/provider-google/lib/provider");
const { ServiceAccount } = require("@cdktf/provider-google/lib/service-account");
const { CloudRunV2ServiceIamMember } = require("@cdktf/provider-google/lib/cloud-run-v2-service-iam-member");

const [, , modelFile, outdir] = process.argv;
const { project, region, services } = JSON.parse(readFileSync(modelFile, "utf8"));

class TrustStack extends TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    new GoogleProvider(this, "google", { project });
    const accounts = new Map();
    for (const { name, description } of services) {
      accounts.set(
        name,
        new ServiceAccount(this, name, { project, accountId: `${name}-sa`, displayName: name, description }),
      );
    }
    for (const { name, callers } of services) {
      for (const caller of callers) {
        new CloudRunV2ServiceIamMember(this, `${name}-${caller}-invoker`, {
          project,
          location: region,
          name,
          role: "roles/run.invoker",
          member: accounts.get(caller).member,
        });
      }
    }
  }
}

const app = new App({ outdir });
new TrustStack(app, "prod");
app.synth();
