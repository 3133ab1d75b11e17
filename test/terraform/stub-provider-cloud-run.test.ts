import { describe, expect, test } from "vitest";
import {
  account,
  API,
  API_PATH,
  binding,
  INVOKER,
  SKIPPED_WITHOUT_TERRAFORM,
  SLOW,
  testStack,
  withoutTerraform,
  type Configuration,
} from "./fixture.ts";
import { actionsOf, changeOf, problemsOf } from "./plan.ts";
import { seedService } from "./stub-provider/seed.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const RUNTIME = "api-runtime@acme.iam.gserviceaccount.com";

/** Everything that a pipeline owns, as a synthesized stack leaves it alone. */
const IGNORED_AT_TOP =
  "annotations binary_authorization build_config client client_version custom_audiences description labels launch_stage scaling traffic";
const IGNORED_IN_TEMPLATE =
  "annotations containers encryption_key execution_environment gpu_zonal_redundancy_disabled labels max_instance_request_concurrency node_selector revision scaling session_affinity timeout volumes vpc_access";
const IGNORED = [
  ...IGNORED_AT_TOP.split(" "),
  ...IGNORED_IN_TEMPLATE.split(" ").map((argument) => `template[0].${argument}`),
];

function service(further: Configuration = {}): Configuration {
  return {
    ...API,
    deletion_protection: false,
    template: { service_account: RUNTIME, containers: [{ image: "placeholder" }] },
    ...further,
  };
}

const only = (values: Configuration): Configuration => ({ resource: { google_cloud_run_v2_service: { api: values } } });

describe.skipIf(withoutTerraform)(`Cloud Run services of the stub (${SKIPPED_WITHOUT_TERRAFORM})`, SLOW, () => {
  test("a service gets its defaults, and a plan finds them unchanged", async () => {
    const { terraform, synthesize } = await testStack();
    const dir = await synthesize(only(service()));
    expect(changeOf(await terraform.plan(dir), SERVICE).after_unknown).toMatchObject({
      uid: true,
      uri: true,
      ingress: true,
    });
    await terraform.apply(dir);
    expect(terraform.world.services[API_PATH]).toMatchObject({
      ingress: "INGRESS_TRAFFIC_ALL",
      labels: { "goog-terraform-provisioned": "true" },
      template: [
        { service_account: RUNTIME, containers: [{ image: "placeholder", ports: [{ container_port: 8080 }] }] },
      ],
    });
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    terraform.world.services[API_PATH] = {
      ...terraform.world.services[API_PATH],
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    } as never;
    // Left out of the configuration, the ingress is whatever it is: no drift.
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    expect(
      actionsOf(await terraform.plan(await synthesize(only(service({ ingress: "INGRESS_TRAFFIC_ALL" }))))),
    ).toEqual({ [SERVICE]: "update" });
  });

  test("a protected service is not deleted; a new location makes another service with another uid", async () => {
    const { terraform, synthesize } = await testStack();
    await terraform.apply(await synthesize(only(service({ deletion_protection: true }))));
    await expect(terraform.apply(await synthesize({}))).rejects.toThrow(
      /cannot destroy service without setting deletion_protection=false/,
    );
    await terraform.apply(await synthesize(only(service())));
    const before = terraform.world.services[API_PATH]?.uid;
    const elsewhere = await synthesize(only(service({ location: "us-east1" })));
    expect(changeOf(await terraform.plan(elsewhere), SERVICE).actions).toEqual(["delete", "create"]);
    await terraform.apply(elsewhere);
    expect(Object.values(terraform.world.services).map(({ uid }) => uid)).not.toContain(before);
    expect(Object.keys(terraform.world.services)).toHaveLength(1);
  });

  test("a row follows its service when that is made anew", async () => {
    const { terraform, synthesize } = await testStack();
    const configuration = {
      resource: {
        google_cloud_run_v2_service: { api: service() },
        google_service_account: { caller: account("caller") },
        google_cloud_run_v2_service_iam_binding: {
          row: binding(["${google_service_account.caller.member}"], {
            name: `\${${SERVICE}.name}`,
            lifecycle: { create_before_destroy: true, replace_triggered_by: [`${SERVICE}.uid`] },
          }),
        },
      },
    };
    const dir = await synthesize(configuration);
    await terraform.apply(dir);
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    delete terraform.world.services[API_PATH];
    delete terraform.world.policies[API_PATH];
    terraform.log.length = 0;
    await terraform.apply(dir);
    expect(terraform.log[0]).toBe(`createService ${API_PATH}`);
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    expect(terraform.world.policies[API_PATH]?.[INVOKER]).toHaveLength(1);
  });

  test("a row that is created before it is destroyed makes its service so too, which its name forbids", async () => {
    const { terraform, synthesize } = await testStack();
    const dir = await synthesize({
      resource: {
        google_cloud_run_v2_service: { api: service() },
        google_cloud_run_v2_service_iam_binding: {
          row: binding([], { name: `\${${SERVICE}.name}`, lifecycle: { create_before_destroy: true } }),
        },
      },
    });
    await terraform.apply(dir);
    expect(changeOf(await terraform.plan(dir, `-replace=${SERVICE}`), SERVICE).actions).toEqual(["create", "delete"]);
    await expect(terraform.apply(dir, `-replace=${SERVICE}`)).rejects.toThrow(/Error 409/);
  });

  test("an imported service keeps what its pipeline gave it", async () => {
    const { terraform, synthesize } = await testStack();
    seedService(terraform.world, {
      ...API,
      image: "pipeline:7",
      serviceAccount: RUNTIME,
      values: {
        labels: { team: "shop" },
        annotations: { by: "ci" },
        description: "of the pipeline",
        client: "gcloud",
        scaling: [{ min_instance_count: 1 }],
      },
    });
    const values = service({
      ingress: "INGRESS_TRAFFIC_ALL",
      invoker_iam_disabled: false,
      lifecycle: { ignore_changes: IGNORED },
    });
    const importing = await synthesize({ ...only(values), import: [{ to: SERVICE, id: API_PATH }] });
    const change = changeOf(await terraform.plan(importing), SERVICE);
    expect(change).toMatchObject({
      actions: ["update"],
      importing: { id: API_PATH },
      before: { deletion_protection: true },
      after: { deletion_protection: false },
    });
    await terraform.apply(importing);
    expect(await terraform.planIsEmpty(await synthesize(only(values)))).toBe(true);
    expect(terraform.world.services[API_PATH]).toMatchObject({
      labels: { team: "shop" },
      annotations: { by: "ci" },
      description: "of the pipeline",
      client: "gcloud",
      scaling: [{ min_instance_count: 1 }],
      template: [{ containers: [{ image: "pipeline:7" }] }],
    });
    seedService(terraform.world, { ...API, image: "pipeline:8", serviceAccount: RUNTIME });
    expect(await terraform.planIsEmpty(await synthesize(only(values)))).toBe(true);
  });

  test("an update resets what the provider is too old to know", async () => {
    const settings = { iap_enabled: true, default_uri_disabled: true };
    const updateBy = async (googleVersion: string, further: Configuration): Promise<unknown> => {
      const { terraform, synthesize } = await testStack({ googleVersion });
      seedService(terraform.world, { ...API, serviceAccount: RUNTIME, values: settings });
      await terraform.apply(await synthesize({ ...only(service(further)), import: [{ to: SERVICE, id: API_PATH }] }));
      return terraform.world.services[API_PATH];
    };
    expect(await updateBy("6.50.0", {})).not.toMatchObject({ iap_enabled: true });
    expect(await updateBy("7.21.0", settings)).toMatchObject(settings);
    await expect(updateBy("6.50.0", settings)).rejects.toThrow(/"default_uri_disabled"|"iap_enabled"/);
  });

  test("a check block reads the service at every plan", async () => {
    const { terraform, synthesize } = await testStack();
    seedService(terraform.world, { ...API, serviceAccount: RUNTIME });
    const dir = await synthesize({
      resource: { google_service_account: { other: account("another") } },
      check: {
        api: {
          data: { google_cloud_run_v2_service: { live: { ...API } } },
          assert: [
            {
              condition: `\${data.google_cloud_run_v2_service.live.template[0].service_account == "${RUNTIME}"}`,
              error_message: "api runs as somebody else",
            },
          ],
        },
      },
    });
    await terraform.apply(dir);
    const passing = await terraform.plan(dir);
    expect(passing.checks).toMatchObject([{ status: "pass" }]);
    expect(actionsOf(passing)).toEqual({ "data.google_cloud_run_v2_service.live": "read" });
    // Terraform counts the read as a change.
    expect(await terraform.planIsEmpty(dir)).toBe(false);
    seedService(terraform.world, API);
    expect(problemsOf(await terraform.plan(dir))).toEqual(["api runs as somebody else"]);
    delete terraform.world.services[API_PATH];
    expect(problemsOf(await terraform.plan(dir))).toEqual([expect.stringMatching(/services\/api not found/)]);
  });

  test("policies of the organisation and identity pools are kept as written", async () => {
    const { terraform, synthesize } = await testStack();
    const name = "projects/acme/policies/run.managed.requireInvokerIam";
    const dir = await synthesize({
      resource: {
        google_org_policy_policy: {
          invoker: { name, parent: "projects/acme", spec: { rules: [{ enforce: "TRUE" }] } },
        },
        google_iam_workload_identity_pool: { pool: { workload_identity_pool_id: "builders" } },
        google_iam_workload_identity_pool_provider: {
          github: {
            workload_identity_pool_id: "${google_iam_workload_identity_pool.pool.workload_identity_pool_id}",
            workload_identity_pool_provider_id: "github",
            attribute_mapping: { "google.subject": "assertion.sub" },
            oidc: { issuer_uri: "https://token.actions.githubusercontent.com" },
          },
        },
      },
      data: { google_service_account: { ci: { account_id: "ci-builder" } } },
      output: { ci: { value: "${data.google_service_account.ci.unique_id}" } },
    });
    await expect(terraform.plan(dir)).rejects.toThrow(/Unknown service account ci-builder@acme/);
    terraform.world.accounts["ci-builder@acme.iam.gserviceaccount.com"] = {
      uniqueId: "7",
      displayName: "",
      description: "",
      disabled: false,
    };
    await terraform.apply(dir);
    expect(terraform.world.orgPolicies[name]).toMatchObject({ spec: [{ rules: [{ enforce: "TRUE" }] }] });
    expect(Object.keys(terraform.world.workloadIdentity)).toHaveLength(2);
    expect(await terraform.outputs(dir)).toEqual({ ci: "7" });
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    await terraform.destroy(dir);
    expect(terraform.world.workloadIdentity).toEqual({});
  });
});
