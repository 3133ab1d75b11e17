import { TerraformElement, TerraformOutput, TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { compareText } from "../../words/compare-text.ts";
import { CDKTF_VERSION } from "../output/manifest.ts";
import { grantName } from "../plan/addresses.ts";
import type { StackPlan, Value } from "../plan/stack-plan.ts";
import { AccountImpersonators } from "./account-impersonators.ts";
import { CallerGrant } from "./caller-grant.ts";
import { encodeQuoted, encodeText } from "./encode-text.ts";
import { encodeValue } from "./encode-value.ts";
import { IapAccess } from "./iap-access.ts";
import { IdentityPool, IdentityProvider } from "./identity-pool.ts";
import { ProjectGuardrail } from "./project-guardrail.ts";
import { serviceChecks } from "./service-checks.ts";
import { ServiceExposure } from "./service-exposure.ts";
import { ServiceIdentity } from "./service-identity.ts";
import { ServiceInvokers } from "./service-invokers.ts";

type Json = { [key: string]: unknown };

/** The provider without its two hundred settings: reading that class takes longer than all of the other ones. */
class Google extends TerraformProvider {}

/** A stack of a matrix: identities, exposure and invokers of the services of one environment whose state is shared. */
export class MatrixStack extends TerraformStack {
  readonly #plan: StackPlan;

  constructor(scope: Construct, plan: StackPlan) {
    // Not the bare name: constructs keeps children in an object, which has a constructor already.
    super(scope, `stack-${plan.name}`);
    this.#plan = plan;
    // Without settings of its own: credentials come from the environment, and every resource names its project.
    new Google(this, "google", { terraformResourceType: "google" });
    for (const policy of plan.policies)
      new ProjectGuardrail(this, `guardrail ${policy.project} ${policy.guardrail}`, policy);
    for (const account of plan.accounts) new ServiceIdentity(this, `identity ${account.key}`, account);
    for (const service of plan.services)
      new ServiceExposure(this, `exposure ${service.key} ${service.region}`, service);
    for (const row of plan.rows) new ServiceInvokers(this, `invokers ${row.key} ${row.region}`, row);
    for (const row of plan.iapRows) new IapAccess(this, `iap ${row.key} ${row.region}`, row);
    this.#addFederation();
    this.#addOutputs();
  }

  /**
   * The stack as Terraform JSON. The constructs of this folder write references as literal templates and never use a
   * CDKTF token, so that nothing has to be resolved: resolving took nine tenths of the time, and would give a meaning
   * to token-like text that comes from a matrix.
   */
  override toTerraform(): Json {
    const { name, moved, removed, imports, checks } = this.#plan;
    const elements = this.#elements();
    const backend = this.#backend();
    return {
      // What cdktf-cli reads (stackName, backend), and what says that matrix may replace or remove the file.
      "//": {
        metadata: { backend: Object.keys(backend)[0], stackName: name, version: CDKTF_VERSION },
        generator: "matrix",
      },
      terraform: {
        required_version: this.#plan.terraform,
        required_providers: { google: { source: "google", version: this.#plan.provider } },
        backend,
      },
      ...elements,
      ...(checks.length === 0 ? {} : { check: serviceChecks(checks) }),
      ...(moved.length === 0 ? {} : { moved }),
      ...(removed.length === 0 ? {} : { removed: removed.map((from) => ({ from, lifecycle: { destroy: false } })) }),
      ...(imports.length === 0
        ? {}
        : {
            import: imports.map(({ to, key, id }) => ({
              to: key === undefined ? to : `${to}[${encodeQuoted(key)}]`,
              id: encodeText(id),
            })),
          }),
    };
  }

  #addFederation(): void {
    const { environment, pools, providers, impersonations, grants } = this.#plan;
    for (const pool of pools) new IdentityPool(this, `pool ${pool.address}`, { ...pool, environment });
    for (const provider of providers) new IdentityProvider(this, `provider ${provider.address}`, provider);
    for (const each of impersonations) new AccountImpersonators(this, `impersonators ${each.key}`, each);
    for (const grant of grants) new CallerGrant(this, `grant ${grantName(grant.key, grant.role)}`, grant);
  }

  #addOutputs(): void {
    const { accounts, audiences, hash } = this.#plan.outputs;
    const add = (id: string, description: string, value: unknown): void => {
      new TerraformOutput(this, id, { description, value, staticId: true });
    };
    const encoded = (values: ReadonlyMap<string, Value>): Json =>
      Object.fromEntries([...values].map(([key, value]) => [key, encodeValue(value)]));
    add("accounts", "The service account of each service and caller", encoded(accounts));
    add(
      "audiences",
      "The audience to ask tokens for, by service and region",
      Object.fromEntries([...audiences].map(([key, urls]) => [key, Object.fromEntries(urls)])),
    );
    add("matrix_hash", "A hash of what this stack declares about access", hash);
  }

  /** Providers, resources and outputs, without the metadata that says which construct made them. */
  #elements(): Json {
    const resources: Record<string, Json> = {};
    const sections: Json = { provider: {}, resource: resources, output: {} };
    for (const node of this.node.findAll()) {
      if (!TerraformElement.isTerraformElement(node)) continue;
      const {
        resource = {},
        provider,
        output,
      } = node.toTerraform() as { resource?: Record<string, Record<string, Json>>; provider?: Json; output?: Json };
      for (const [type, named] of Object.entries(resource)) {
        for (const [id, { "//": _construct, ...attributes }] of Object.entries(named))
          (resources[type] ??= {})[id] = attributes;
      }
      Object.assign(sections["provider"] as Json, provider);
      Object.assign(sections["output"] as Json, output);
    }
    if (Object.keys(resources).length === 0) delete sections["resource"];
    return sections;
  }

  #backend(): Json {
    const { backend, name } = this.#plan;
    // Beside the output folder: a path that does not depend on the machine.
    if (backend === undefined) return { local: { path: `../../../terraform.${name}.tfstate` } };
    // As they are: Terraform reads this block before there is anything to refer to, and takes its strings literally.
    return Object.fromEntries(
      Object.entries(backend).map(([type, settings]) => [
        type,
        Object.fromEntries(Object.entries(settings).sort(([a], [b]) => compareText(a, b))),
      ]),
    );
  }
}
