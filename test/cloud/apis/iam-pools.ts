import { type Answer, type Call, type Caught, closedAnswer, denied, refusal } from "../answer.ts";
import { findProject } from "../find.ts";
import { answerPage, googlePage, listBody } from "../page.ts";
import type { WorldPool, WorldProvider } from "../world.ts";

/** Pools are named by the project's number, however they were asked for. Deleted ones show only on request. */
export function listPools(call: Call, { project: name = "" }: Caught): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) {
    return denied(`projects/${name}`);
  }
  return (
    closedAnswer(call.world, "pools", project.resource) ??
    answerPage(call, shown(call, project.pools), googlePage, (page) =>
      listBody("workloadIdentityPools", {
        ...page,
        items: page.items.map((pool) => ({ name: poolName(project.number, pool.id), ...stateBody(pool.state) })),
      }),
    )
  );
}

export function listProviders(call: Call, { project: name = "", pool: poolId = "" }: Caught): Answer {
  const project = findProject(call.world, name);
  const pool = project?.pools.find(({ id }) => id === poolId);
  if (project === undefined || pool === undefined) {
    return project === undefined ? denied(`projects/${name}`) : refusal(404, "Requested entity was not found.");
  }
  const resource = poolName(project.number, pool.id);
  return (
    closedAnswer(call.world, "providers", resource) ??
    answerPage(call, shown(call, pool.providers), googlePage, (page) =>
      listBody("workloadIdentityPoolProviders", {
        ...page,
        items: page.items.map((provider) => providerBody(resource, provider)),
      }),
    )
  );
}

export function poolName(projectNumber: string, pool: string): string {
  return `projects/${projectNumber}/locations/global/workloadIdentityPools/${pool}`;
}

function shown<T extends WorldPool | WorldProvider>(call: Call, all: readonly T[]): readonly T[] {
  return call.query.get("showDeleted") === "true" ? all : all.filter(({ state }) => state !== "DELETED");
}

/** Disabled is a flag beside the state; deleted is a state. */
function stateBody(state: WorldPool["state"]): object {
  switch (state) {
    case "ACTIVE":
      return { state };
    case "DISABLED":
      return { state: "ACTIVE", disabled: true };
    case "DELETED":
      return { state, expireTime: "2026-12-20T00:00:00Z" };
  }
}

function providerBody(pool: string, provider: WorldProvider): unknown {
  return {
    name: `${pool}/providers/${provider.id}`,
    ...stateBody(provider.state),
    attributeMapping: provider.mapping ?? { "google.subject": "assertion.sub" },
    ...(provider.condition === null ? {} : { attributeCondition: provider.condition }),
    ...issuerBody(provider),
  };
}

function issuerBody({ issuer, audiences = [], jwksJson }: WorldProvider): object {
  if (issuer === null) {
    return { saml: { idpMetadataXml: "<EntityDescriptor/>" } };
  }
  return issuer.startsWith("aws:")
    ? { aws: { accountId: issuer.slice("aws:".length) } }
    : {
        oidc: {
          issuerUri: issuer,
          ...(audiences.length === 0 ? {} : { allowedAudiences: audiences }),
          ...(jwksJson === undefined ? {} : { jwksJson }),
        },
      };
}
