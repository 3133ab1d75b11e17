import { isNotFound } from "../google/google.ts";
import { createService, deleteService, getService, replaceService } from "../google/run-services.ts";
import type { Context, DataSourceType, ResourceType } from "../resource-type.ts";
import { cloudRunServiceDataSchema, cloudRunServiceSchema } from "../schemas/cloud-run-service.ts";
import { attributesOf, blocksOf, type BlockSchema } from "../schemas/schema.ts";
import { isList, isObject, text, type ObjectValue, type Value } from "../wire/value.ts";
import { servicePath, type Service } from "../world.ts";
import { labelsAfterRead, planLabels } from "./cloud-run-labels.ts";
import { withDefaultProject } from "./default-project.ts";
import { namesTheSame } from "./iam-parent.ts";

/** Arguments that are not part of the service at Google, or not under this name. */
const NOT_SENT = new Set([
  "annotations",
  "deletion_protection",
  "id",
  "labels",
  "location",
  "name",
  "project",
  "timeouts",
]);

/** @param knowsLaterArguments whether the provider is new enough for IAP and the default URL */
export function cloudRunService(knowsLaterArguments: boolean): ResourceType {
  const schema = cloudRunServiceSchema(knowsLaterArguments);
  return {
    schema,
    suppress: { name: namesTheSame },
    refinePlan: (context, planned, prior) => planLabels(context, withDefaultProject(context, planned, prior), prior),
    create: (context, planned) => {
      createService(context.google, pathOf(context, planned), sent(schema, planned));
      return planned;
    },
    update: (context, planned) => {
      replaceService(context.google, pathOf(context, planned), sent(schema, planned));
      return planned;
    },
    read: (context, state) => {
      const path = pathOf(context, state);
      try {
        const service = getService(context.google, path);
        return { ...state, ...stateOf(path, service), ...labelsAfterRead(state, service), ...keptBesideGoogle(state) };
      } catch (error) {
        if (isNotFound(error)) return null;
        throw error;
      }
    },
    remove: (context, prior) => {
      if (prior["deletion_protection"] === true) {
        throw new Error(
          "cannot destroy service without setting deletion_protection=false and running `terraform apply`",
        );
      }
      deleteService(context.google, pathOf(context, prior));
    },
    parseImportId: (context, id) => {
      const [name = "", location, project] = id
        .replace(/^projects\/|locations\/|services\//g, "")
        .split("/")
        .toReversed();
      if (location === undefined)
        throw new Error(
          `Import id "${id}" doesn't match any of the accepted formats: projects/P/locations/L/services/S`,
        );
      const place = { name, location, project: project ?? context.settings["project"] ?? null };
      return { ...place, id: pathOf(context, place) };
    },
  };
}

export function cloudRunServiceData(knowsLaterArguments: boolean): DataSourceType {
  return {
    schema: cloudRunServiceDataSchema(knowsLaterArguments),
    read: (context, config) => {
      const path = pathOf(context, config);
      const service = context.google.world.services[path];
      if (!service) throw new Error(`${path} not found`);
      const labels = service["labels"] ?? {};
      return {
        ...stateOf(path, service),
        effective_labels: labels,
        labels,
        terraform_labels: labels,
        deletion_protection: true,
      };
    },
  };
}

function pathOf({ settings }: Context, values: ObjectValue): string {
  const project = text(values["project"]) ?? text(settings["project"]);
  const location = text(values["location"]) ?? text(settings["region"]);
  if (project === undefined) throw new Error("project: required field is not set");
  return servicePath(project, location ?? "", text(values["name"])?.split("/").at(-1) ?? "");
}

/** The whole service as the provider sends it: every argument that its schema knows, and nothing else. */
function sent(schema: BlockSchema, planned: ObjectValue): ObjectValue {
  const written = attributesOf(schema)
    .filter(([, attribute]) => attribute.optional)
    .map(([name]) => name);
  const names = [...written, ...blocksOf(schema).map(([name]) => name)].filter((name) => !NOT_SENT.has(name));
  const values = names.map((name): readonly [string, Value] => [name, planned[name] ?? null]);
  return writtenOnly({
    ...Object.fromEntries(values),
    labels: planned["effective_labels"] ?? null,
    annotations: planned["effective_annotations"] ?? null,
  });
}

/** Without what says nothing, so that the service reads in a test as it was written. */
function writtenOnly(values: ObjectValue): ObjectValue {
  const written = Object.entries(values).filter(([, value]) => value !== null && !isEmpty(value));
  return Object.fromEntries(
    written.map(([name, value]) => [
      name,
      isList(value) ? value.map((item) => (isObject(item) ? writtenOnly(item) : item)) : value,
    ]),
  );
}

function isEmpty(value: Value): boolean {
  return (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

/** Deletion protection and timeouts exist in the state only; an imported service is protected. */
function keptBesideGoogle(state: ObjectValue): ObjectValue {
  return { deletion_protection: state["deletion_protection"] ?? true, timeouts: state["timeouts"] ?? null };
}

function stateOf(path: string, service: Service): ObjectValue {
  const [, project = "", , location = "", , name = ""] = path.split("/");
  const revision = `${path}/revisions/${name}-${service.generation.padStart(5, "0")}`;
  const uri = `https://${name}-123456789012.${location}.run.app`;
  return {
    ...service,
    project,
    location,
    name,
    id: path,
    etag: `"etag-${service.uid}-${service.generation}"`,
    latest_created_revision: revision,
    latest_ready_revision: revision,
    observed_generation: service.generation,
    reconciling: false,
    uri,
    urls: [uri],
  };
}
