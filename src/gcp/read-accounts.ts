import type { AccountRecord, KeyRecord, Reading } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { findAccountHome } from "./account-emails.ts";
import { type ApiClient, pathOf } from "./api-client.ts";
import { booleanAt, lastPart, listAt, MalformedAnswer, objectAt, textAt } from "./json.ts";
import type { JsonObject } from "../words/json.ts";
import { googleList, readList } from "./pages.ts";
import { parsePolicy, policyVersionQuery } from "./parse-policy.ts";
import type { ProjectContext } from "./project-context.ts";
import { hasValue, mapReading, parsed, toReading, unreadable } from "./reading.ts";

type Details = AccountRecord["details"];

/** The service accounts that live in a project. docs: iam v1 `projects.serviceAccounts.list` */
export async function listAccounts(
  context: ProjectContext,
): Promise<Reading<readonly { readonly email: string; readonly details: Details }[]>> {
  const request = {
    api: "iam",
    path: pathOf`v1/projects/${context.project}/serviceAccounts`,
    query: { pageSize: "100" },
  } as const;
  const { items } = await readList(context.client, request, googleList("accounts"));
  if (!hasValue(items)) return items;
  const accounts = parsed(() =>
    items.value.map((item, index) => {
      const { email, ...details } = parseAccount(objectAt(item, `accounts[${index}]`), `accounts[${index}].`);
      return { email, details: { status: "read", value: details } as const };
    }),
  );
  if (accounts.status === "failed") return accounts;
  return mapReading(items, () => accounts.value.sort((a, b) => compareText(a.email, b.email)));
}

/**
 * One account, asked for in the project that its address names: there 404 means that it does not exist. Undefined for
 * addresses that nobody may look up.
 */
export async function readAccount(client: ApiClient, email: string): Promise<Details | undefined> {
  const home = findAccountHome(email);
  if (home === undefined) return undefined;
  const outcome = await client.call({ api: "iam", path: pathOf`v1/projects/${home.project}/serviceAccounts/${email}` });
  if (outcome.kind === "trouble" && outcome.status === 404 && !home.isGuess) return { status: "read", value: null };
  return toReading(outcome, (body) => {
    const { email: answered, ...details } = parseAccount(body, "");
    if (answered !== email) throw new MalformedAnswer(`email is that of another account: ${answered}`);
    return details;
  });
}

/** The user-managed keys of an account, and who may act as it. Null where the account is gone since it was listed. */
export async function readAccountGrants(
  client: ApiClient,
  project: string,
  email: string,
): Promise<Required<Pick<AccountRecord, "keys" | "policy">> | null> {
  const path = pathOf`v1/projects/${project}/serviceAccounts/${email}`;
  const [keys, policy] = await Promise.all([
    client.call({ api: "iam", path: `${path}/keys`, query: { keyTypes: "USER_MANAGED" } }),
    client.call({ api: "iam", method: "POST", path: `${path}:getIamPolicy`, query: policyVersionQuery }),
  ]);
  if ([keys, policy].some((outcome) => outcome.kind === "trouble" && outcome.status === 404)) {
    const again = await client.call({ api: "iam", path });
    if (again.kind === "trouble" && again.status === 404) return null;
  }
  return {
    keys: keys.kind === "trouble" ? unreadable(keys) : parsed(() => parseKeys(keys.body)),
    policy: toReading(policy, parsePolicy),
  };
}

/** docs: iam v1 `ServiceAccount` */
function parseAccount(
  body: JsonObject,
  place: string,
): { readonly email: string; readonly uniqueId: string; readonly disabled: boolean } {
  return {
    email: textAt(body.email, `${place}email`).toLowerCase(),
    uniqueId: textAt(body.uniqueId, `${place}uniqueId`),
    disabled: booleanAt(body.disabled, `${place}disabled`),
  };
}

/** docs: iam v1 `ServiceAccountKey`. The list has no pages. */
function parseKeys(body: JsonObject): readonly KeyRecord[] {
  return listAt(body.keys, "keys")
    .map((item, index) => {
      const place = `keys[${index}]`;
      const key = objectAt(item, place);
      return {
        id: lastPart(textAt(key.name, `${place}.name`)),
        disabled: booleanAt(key.disabled, `${place}.disabled`),
        validAfter: textAt(key.validAfterTime, `${place}.validAfterTime`),
        validBefore: textAt(key.validBeforeTime, `${place}.validBeforeTime`),
      };
    })
    .sort((a, b) => compareText(a.id, b.id));
}
