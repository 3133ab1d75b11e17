import type { DenyPolicy, Reading } from "../snapshot/snapshot.ts";
import { type ApiClient, type ApiRequest, type Outcome, pathOf } from "./api-client.ts";
import { lastPart, objectAt, segmentAt, textAt } from "./json.ts";
import type { Pace } from "./pace.ts";
import { googleList, readList } from "./pages.ts";
import { parseDenyPolicy } from "./parse-policy.ts";
import { hasValue, mapReading, parsed, toReading, type Unreadable, withDoubts } from "./reading.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** docs: /iam/quotas: reads of the v2 API in a minute, LIST and GET alike. */
export const denyReadsPerMinute = 5;

/**
 * The deny policies that hang on a container, with their rules: a LIST, which leaves the rules out, and a GET for each.
 * `attachedTo` is `projects/NUMBER`, `folders/N` or `organizations/N`.
 */
export async function readDenyPolicies(
  client: ApiClient,
  pace: Pace,
  attachedTo: string,
): Promise<Reading<readonly DenyPolicy[]>> {
  const paced = pacedClient(client, pace);
  const attachment = `cloudresourcemanager.googleapis.com/${attachedTo}`;
  const list = await listIds(paced, attachment);
  if (!hasValue(list)) return list;
  const found: DenyPolicy[] = [];
  const gone: string[] = [];
  const troubles: { readonly id: string; readonly reading: Unreadable }[] = [];
  // One after the other: the pace is slower than any answer.
  for (const id of list.value) {
    const outcome = await paced.call({ api: "iam", path: pathOf`v2/policies/${attachment}/denypolicies/${id}` });
    const policy = toReading(outcome, (body) => parseDenyPolicy(body, id));
    if (policy.status === "read") found.push(policy.value);
    else if (outcome.kind === "trouble" && outcome.status === 404) gone.push(id);
    else troubles.push({ id, reading: policy });
  }
  const [first] = troubles;
  if (first !== undefined && found.length === 0 && gone.length === 0) return first.reading;
  const value: Reading<readonly DenyPolicy[]> = { ...list, value: found };
  const doubts = troubles.map(({ id, reading }) => `${id}: ${reading.reason}`);
  return withDoubts(value, [...doubts, ...(await doubtGone(paced, attachment, gone))]);
}

/** A policy that was listed and cannot be found was deleted in between, which a second list confirms. */
async function doubtGone(client: ApiClient, attachment: string, gone: readonly string[]): Promise<readonly string[]> {
  if (gone.length === 0) return [];
  const again = await listIds(client, attachment);
  const listed = valueOf(again) ?? gone;
  return gone.filter((id) => listed.includes(id)).map((id) => `${id}: 404, although it is listed`);
}

async function listIds(client: ApiClient, attachment: string): Promise<Reading<readonly string[]>> {
  const request: ApiRequest = { api: "iam", path: pathOf`v2/policies/${attachment}/denypolicies` };
  const { items } = await readList(client, request, googleList("policies"));
  if (!hasValue(items)) return items;
  const ids = parsed(() =>
    items.value.map((item, index) => {
      const place = `policies[${index}].name`;
      return segmentAt(lastPart(textAt(objectAt(item, `policies[${index}]`).name, place)), place);
    }),
  );
  return ids.status === "read" ? mapReading(items, () => [...ids.value].sort()) : ids;
}

function pacedClient(client: ApiClient, pace: Pace): ApiClient {
  return {
    async call(request): Promise<Outcome> {
      if (await pace.turn()) return client.call(request);
      const reason = `not asked: ${denyReadsPerMinute} reads of deny policies a minute are allowed, and the deadline comes first`;
      return { kind: "trouble", status: null, reason, error: null };
    },
  };
}
