import { jwksDigest } from "../snapshot/jwks-digest.ts";
import type { PoolRecord, ProviderRecord, Reading } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { type ApiRequest, pathOf } from "./api-client.ts";
import { booleanAt, lastPart, objectAt, optionalObject, optionalText, segmentAt, textAt, textsAt } from "./json.ts";
import type { JsonObject } from "../words/json.ts";
import { googleList, readList } from "./pages.ts";
import type { ProjectContext } from "./project-context.ts";
import { hasValue, mapReading, parsed } from "./reading.ts";

const query = { pageSize: "100" };

/** The workload identity pools of a project and their providers. docs: iam v1 `projects.locations.workloadIdentityPools` */
export async function readPools(context: ProjectContext): Promise<Reading<readonly PoolRecord[]>> {
  const path = pathOf`v1/projects/${context.project}/locations/global/workloadIdentityPools`;
  const reading = await readAll(context, { api: "iam", path, query }, "workloadIdentityPools", parsePool);
  if (!hasValue(reading)) return reading;
  const pools = await Promise.all(
    reading.value.map(async (pool): Promise<PoolRecord> => {
      const request: ApiRequest = {
        api: "iam",
        path: `${path}/${pathOf`${lastPart(pool.name)}`}/providers`,
        query,
      };
      return { ...pool, providers: await readAll(context, request, "workloadIdentityPoolProviders", parseProvider) };
    }),
  );
  return mapReading(reading, () => pools);
}

async function readAll<T extends { readonly name: string }>(
  context: ProjectContext,
  request: ApiRequest,
  field: string,
  parse: (item: JsonObject, place: string) => T,
): Promise<Reading<readonly T[]>> {
  const { items } = await readList(context.client, request, googleList(field));
  if (!hasValue(items)) return items;
  const all = parsed(() =>
    items.value.map((item, index) => parse(objectAt(item, `${field}[${index}]`), `${field}[${index}]`)),
  );
  if (all.status === "failed") return all;
  return mapReading(items, () => all.value.sort((a, b) => compareText(a.name, b.name)));
}

function parsePool(item: JsonObject, place: string): Omit<PoolRecord, "providers"> {
  const name = textAt(item.name, `${place}.name`);
  segmentAt(lastPart(name), `${place}.name`);
  return { name, active: isActive(item, place) };
}

function parseProvider(item: JsonObject, place: string): ProviderRecord {
  const oidc = optionalObject(item.oidc, `${place}.oidc`);
  const aws = optionalObject(item.aws, `${place}.aws`);
  const keys = optionalText(oidc.jwksJson, `${place}.oidc.jwksJson`);
  const awsAccount = optionalText(aws.accountId, `${place}.aws.accountId`);
  return {
    name: textAt(item.name, `${place}.name`),
    active: isActive(item, place),
    issuer:
      optionalText(oidc.issuerUri, `${place}.oidc.issuerUri`) ?? (awsAccount === null ? null : `aws:${awsAccount}`),
    condition: optionalText(item.attributeCondition, `${place}.attributeCondition`),
    mapping: mappingAt(item.attributeMapping, `${place}.attributeMapping`),
    audiences: textsAt(oidc.allowedAudiences, `${place}.oidc.allowedAudiences`),
    jwks: keys === null ? null : jwksDigest(keys),
  };
}

function mappingAt(value: unknown, place: string): Readonly<Record<string, string>> {
  const entries = Object.entries(optionalObject(value, place)).map(
    ([name, expression]) => [name, textAt(expression, `${place}.${name}`)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}

function isActive(item: JsonObject, place: string): boolean {
  return textAt(item.state, `${place}.state`) === "ACTIVE" && !booleanAt(item.disabled, `${place}.disabled`);
}
