import type { Policy, Reading, ServiceRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { type Outcome, pathOf } from "./api-client.ts";
import { MalformedAnswer } from "./json.ts";
import { listServices, type RunKind } from "./list-services.ts";
import { parsePolicy, policyVersionQuery } from "./parse-policy.ts";
import { parseV2, type ServiceSettings } from "./parse-service.ts";
import type { ProjectContext } from "./project-context.ts";
import { readServiceIap } from "./read-iap.ts";
import { hasValue, toReading, unreadable, withDoubts, withNote } from "./reading.ts";

/** A service that ought to be there. */
export interface ExpectedService {
  readonly region: string;
  readonly name: string;
}

/**
 * Services or jobs of a project with their policies. Those that are expected and not listed are asked for one by one: a
 * list that lacks one of them is not complete.
 */
export async function readServices(
  context: ProjectContext,
  kind: RunKind,
  expected: readonly ExpectedService[],
): Promise<Reading<readonly ServiceRecord[]>> {
  const list = await listServices(context, kind);
  if (!hasValue(list)) return list;
  const listed = new Set(list.value.map(keyOf));
  const absent =
    list.status === "read" && list.note !== undefined ? [] : expected.filter((one) => !listed.has(keyOf(one)));
  const [found, missed] = await Promise.all([
    Promise.all(list.value.map((service) => readService(context, kind, service))),
    Promise.all(absent.map((one) => checkAbsent(context, kind, one))),
  ]);
  const records = [...found, ...missed.map(({ record }) => record)].filter((record) => record !== null);
  const gone = list.value.filter((_, index) => found[index] === null).map(keyOf);
  const value = records.sort((a, b) => compareText(keyOf(a), keyOf(b)));
  const doubts = missed.flatMap(({ doubt }) => (doubt === null ? [] : [doubt]));
  const reading = withDoubts({ ...list, value }, doubts);
  return gone.length === 0
    ? reading
    : withNote(reading, `deleted while it was read: ${gone.sort(compareText).join(", ")}`);
}

function keyOf({ region, name }: ExpectedService): string {
  return `${region}/${name}`;
}

/** Null where the service is gone since it was listed. */
async function readService(
  context: ProjectContext,
  kind: RunKind,
  service: ServiceSettings,
): Promise<ServiceRecord | null> {
  const [policy, iap] = await Promise.all([
    readServicePolicy(context, kind, service),
    service.iapEnabled ? readServiceIap(context, service) : null,
  ]);
  return policy === null ? null : { ...service, policy, iap };
}

/** docs: run v1 `projects.locations.services.getIamPolicy`; the same for jobs */
async function readServicePolicy(
  context: ProjectContext,
  kind: RunKind,
  { region, name }: ExpectedService,
): Promise<Reading<Policy> | null> {
  const path = `${pathOf`v1/projects/${context.project}/locations/${region}/${kind}/${name}`}:getIamPolicy`;
  const outcome = await context.client.call({ api: "run", path, query: policyVersionQuery });
  if (outcome.kind === "read" || outcome.status !== 404) return toReading(outcome, parsePolicy);
  const again = await getService(context, kind, { region, name });
  if (again.kind === "trouble" && again.status === 404) return null;
  return unreadable(outcome);
}

async function checkAbsent(
  context: ProjectContext,
  kind: RunKind,
  expected: ExpectedService,
): Promise<{ readonly record: ServiceRecord | null; readonly doubt: string | null }> {
  const outcome = await getService(context, kind, expected);
  // 403: the list was allowed and answered without it, which is all that this identity may know.
  if (outcome.kind === "trouble" && (outcome.status === 404 || outcome.status === 403))
    return { record: null, doubt: null };
  const settings = toReading(outcome, (body) => {
    const service = parseV2(body, kind, kind === "jobs", context);
    if (keyOf(service) === keyOf(expected)) return service;
    throw new MalformedAnswer(`name is that of another service: ${keyOf(service)}`);
  });
  if (settings.status !== "read")
    return { record: null, doubt: `whether ${keyOf(expected)} exists: ${settings.reason}` };
  const record = await readService(context, kind, settings.value);
  return { record, doubt: record === null ? null : `the list lacks ${keyOf(expected)}, which exists` };
}

function getService(
  { client, project }: ProjectContext,
  kind: RunKind,
  { region, name }: ExpectedService,
): Promise<Outcome> {
  return client.call({ api: "run", path: pathOf`v2/projects/${project}/locations/${region}/${kind}/${name}` });
}
