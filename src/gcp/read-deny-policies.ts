import type { DenyPolicy, Reading } from "../snapshot/snapshot.ts";
import { type ApiClient, type ApiRequest, type Outcome, pathOf } from "./api-client.ts";
import { lastPart, objectAt, segmentAt, textAt } from "./json.ts";
import type { Pace } from "./pace.ts";
import { googleList, readList } from "./pages.ts";
import { parseDenyPolicy } from "./parse-policy.ts";
import { hasValue, parsed, toReading, type Unreadable } from "./reading.ts";

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
  const request: ApiRequest = { api: "iam", path: pathOf`v2/policies/${attachment}/denypolicies` };
  const { items } = await readList(paced, request, googleList("policies"));
  if (!hasValue(items)) return items;
  const ids = parsed(() =>
    items.value.map((item, index) => {
      const place = `policies[${index}].name`;
      return segmentAt(lastPart(textAt(objectAt(item, `policies[${index}]`).name, place)), place);
    }),
  );
  if (ids.status !== "read") return ids;
  const found: DenyPolicy[] = [];
  const doubts = items.status === "partial" ? [items.reason] : [];
  let first: Unreadable | undefined;
  // One after the other: the pace is slower than any answer.
  for (const id of [...ids.value].sort()) {
    const outcome = await paced.call({ api: "iam", path: pathOf`v2/policies/${attachment}/denypolicies/${id}` });
    // Deleted between list and read.
    if (outcome.kind === "trouble" && outcome.status === 404) continue;
    const policy = toReading(outcome, (body) => parseDenyPolicy(body, id));
    if (policy.status === "read") found.push(policy.value);
    else {
      first ??= policy;
      doubts.push(`${id}: ${policy.reason}`);
    }
  }
  if (doubts.length === 0) return { status: "read", value: found };
  if (first !== undefined && found.length === 0) return first;
  return { status: "partial", value: found, reason: doubts.join("; ") };
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
