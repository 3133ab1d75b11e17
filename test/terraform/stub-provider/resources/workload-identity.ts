import type { Complaint, Context } from "../resource-type.ts";
import { workloadIdentityPoolProviderSchema, workloadIdentityPoolSchema } from "../schemas/workload-identity.ts";
import { text, type ObjectValue, type Value } from "../wire/value.ts";
import { stored } from "./stored.ts";

export const workloadIdentityPool = stored("WorkloadIdentityPool", {
  schema: workloadIdentityPoolSchema,
  store: (world) => world.workloadIdentity,
  path: poolPath,
  attributes: (path) => ({ ...poolAttributes(path), id: path, name: path, state: "ACTIVE" }),
  validate: (config) => idComplaints("workload_identity_pool_id", config["workload_identity_pool_id"]),
  parseImportId: (_, id) => {
    if (!/^projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+$/.test(id)) throw unknownImportId(id);
    return { ...poolAttributes(id), id };
  },
});

export const workloadIdentityPoolProvider = stored("WorkloadIdentityPoolProvider", {
  schema: workloadIdentityPoolProviderSchema,
  store: (world) => world.workloadIdentity,
  path: (context, values) =>
    `${poolPath(context, values)}/providers/${text(values["workload_identity_pool_provider_id"]) ?? ""}`,
  attributes: (path) => ({ ...providerAttributes(path), id: path, name: path, state: "ACTIVE" }),
  validate: (config) =>
    idComplaints("workload_identity_pool_provider_id", config["workload_identity_pool_provider_id"]),
  parseImportId: (_, id) => {
    if (!/^projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/.test(id))
      throw unknownImportId(id);
    return { ...providerAttributes(id), id };
  },
});

function poolPath({ settings }: Context, values: ObjectValue): string {
  const project = text(values["project"]) ?? text(settings["project"]) ?? "";
  return `projects/${project}/locations/global/workloadIdentityPools/${text(values["workload_identity_pool_id"]) ?? ""}`;
}

function poolAttributes(path: string): ObjectValue {
  const [, project = "", , , , pool = ""] = path.split("/");
  return { project, workload_identity_pool_id: pool };
}

function providerAttributes(path: string): ObjectValue {
  return { ...poolAttributes(path), workload_identity_pool_provider_id: path.split("/").at(-1) ?? "" };
}

function idComplaints(attribute: string, value: Value | undefined): readonly Complaint[] {
  const id = text(value);
  if (id === undefined || (/^[a-z0-9-]{4,32}$/.test(id) && !id.startsWith("gcp-"))) return [];
  return [{ attribute, message: `"${attribute}" (${id}) must be 4-32 of [a-z0-9-] and not begin with gcp-` }];
}

function unknownImportId(id: string): Error {
  return new Error(`Import id "${id}" doesn't match any of the accepted formats`);
}
