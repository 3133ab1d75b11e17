import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider/index.js";
import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool/index.js";
import { Construct } from "constructs";
import type { PoolPlan, ProviderPlan } from "../plan/stack-plan.ts";
import { encodeCut, encodeText } from "./encode-text.ts";
import { encodeValue } from "./encode-value.ts";

/** docs: iam v1 `projects.locations.workloadIdentityPools`, displayName */
const MAX_DISPLAY_NAME = 32;

/** The id of one that was deleted is blocked for 30 days, and what refers to it means nobody. */
const lifecycle = { preventDestroy: true } as const;

/** A pool of identities that others vouch for. */
export class IdentityPool extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { address, project, id: poolId, title, disabled, environment }: PoolPlan & { readonly environment: string },
  ) {
    super(scope, id);
    const pool = new IamWorkloadIdentityPool(this, "pool", {
      project,
      workloadIdentityPoolId: poolId,
      displayName: encodeCut(title, MAX_DISPLAY_NAME),
      description: `Callers of the matrix in ${environment}`,
      // Written out although false is the default: the provider does not notice a change of what is left out.
      disabled,
      lifecycle,
    });
    pool.overrideLogicalId(address);
  }
}

/** An issuer of tokens whose tokens a pool takes, and which of them. */
export class IdentityProvider extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { address, project, pool, id: providerId, disabled, mapping, condition, trust }: ProviderPlan,
  ) {
    super(scope, id);
    const provider = new IamWorkloadIdentityPoolProvider(this, "provider", {
      project,
      workloadIdentityPoolId: encodeValue(pool),
      workloadIdentityPoolProviderId: providerId,
      disabled,
      attributeMapping: Object.fromEntries(
        Object.entries(mapping).map(([name, expression]) => [encodeText(name), encodeText(expression)]),
      ),
      attributeCondition: encodeText(condition),
      ...(trust.type === "aws" ? { aws: { accountId: encodeText(trust.account) } } : { oidc: oidcOf(trust) }),
      lifecycle,
    });
    provider.overrideLogicalId(address);
  }
}

function oidcOf({ issuer, audiences, jwks }: Extract<ProviderPlan["trust"], { readonly type: "oidc" }>) {
  return {
    issuerUri: encodeText(issuer),
    ...(audiences.length === 0 ? {} : { allowedAudiences: audiences.map(encodeText) }),
    ...(jwks === undefined ? {} : { jwksJson: encodeText(jwks) }),
  };
}
