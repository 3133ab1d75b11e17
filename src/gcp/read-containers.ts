import type { Container, ContainerDetails, Reading } from "../snapshot/snapshot.ts";
import type { ApiClient } from "./api-client.ts";
import type { JsonObject } from "../words/json.ts";
import { lastPart, MalformedAnswer, optionalText, textAt } from "./json.ts";
import { parsePolicy, policyVersion } from "./parse-policy.ts";
import { toReading } from "./reading.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** A container without its deny policies, which are read at a pace of their own. */
export type BareContainer = Omit<Container, "deny">;

/**
 * Projects, folders and organizations by resource, and everything above them, with their own policies. A level that may
 * not be seen ends the way up.
 */
export async function readContainers(
  client: ApiClient,
  resources: readonly string[],
): Promise<ReadonlyMap<string, BareContainer>> {
  const found = new Map<string, Promise<BareContainer>>();
  function visit(resource: string): Promise<unknown> {
    if (found.has(resource)) return Promise.resolve();
    const container = readContainer(client, resource);
    found.set(resource, container.whole);
    return container.details.then((details) => {
      const parent = valueOf(details)?.parent ?? null;
      return parent === null ? undefined : visit(parent);
    });
  }
  await Promise.all(resources.map(visit));
  const containers = await Promise.all(found.values());
  return new Map(containers.map((container) => [container.resource, container]));
}

function readContainer(
  client: ApiClient,
  resource: string,
): { readonly details: Promise<Reading<ContainerDetails>>; readonly whole: Promise<BareContainer> } {
  const [kind = "", id = ""] = resource.split("/");
  const path = `v3/${kind}/${encodeURIComponent(id)}`;
  const details = client
    .call({ api: "cloudresourcemanager", path })
    .then((outcome) => toReading(outcome, (body) => parseDetails(body, kind, id)));
  const policy = client
    .call({ api: "cloudresourcemanager", method: "POST", path: `${path}:getIamPolicy`, body: policyVersion })
    .then((outcome) => toReading(outcome, parsePolicy));
  const whole = Promise.all([details, policy]).then(([d, p]) => ({ resource, details: d, policy: p }));
  return { details, whole };
}

/** docs: cloudresourcemanager v3 `Project`, `Folder`, `Organization` */
function parseDetails(body: JsonObject, kind: string, id: string): ContainerDetails {
  const name = textAt(body.name, "name");
  const number = lastPart(name);
  const named = kind === "projects" ? textAt(body.projectId, "projectId") : number;
  if (!/^\d+$/.test(number) || name !== `${kind}/${number}` || (named !== id && number !== id))
    throw new MalformedAnswer(`name is that of something else: ${name}`);
  const parent = kind === "organizations" ? null : optionalText(body.parent, "parent");
  // A project may stand alone; a folder never does.
  if (parent === null && kind === "folders") throw new MalformedAnswer("parent is missing");
  if (parent !== null && !/^(?:folders|organizations)\/\d+$/.test(parent))
    throw new MalformedAnswer(`parent is ${parent}`);
  return { number, parent };
}
