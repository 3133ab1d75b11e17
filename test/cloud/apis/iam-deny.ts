import {
  type Answer,
  type Api,
  type Call,
  type Caught,
  closedAnswer,
  denied,
  etagOf,
  ok,
  refusal,
  routes,
} from "../answer.ts";
import { findContainer, numberedName } from "../find.ts";
import { answerPage, googlePage, listBody } from "../page.ts";
import type { WorldContainer, WorldDenyPolicy } from "../world.ts";
import type { DenyRule } from "../../../src/snapshot/snapshot.ts";

const attachment = String.raw`\/v2\/policies\/(?<point>[^/]+)\/denypolicies`;

/** iam.googleapis.com v2. The attachment point is one percent-encoded part of the path; gcloud encodes it twice. */
export const denyRoutes: Api = routes(
  [
    ["GET", new RegExp(`^${attachment}$`), listDeny],
    ["GET", new RegExp(`^${attachment}\\/(?<id>[^/]+)$`), getDeny],
  ],
  { rawPath: true },
);

/** docs: iam v2 ListPolicies: "only policy metadata": no rules. The asked page size is ignored. */
function listDeny(call: Call, { point = "" }: Caught): Answer {
  return withAttachment(call, point, (container) =>
    answerPage(call, container.deny, { ...googlePage, size: "", standard: 1000 }, (page) =>
      listBody("policies", { ...page, items: page.items.map((policy) => head(call, container, policy)) }),
    ),
  );
}

function getDeny(call: Call, { point = "", id = "" }: Caught): Answer {
  return withAttachment(call, point, (container) => {
    const policy = container.deny.find((one) => one.id === id);
    return policy === undefined
      ? refusal(404, `Policy ${id} not found.`)
      : ok({ ...head(call, container, policy), rules: policy.rules.map((rule) => ({ denyRule: ruleBody(rule) })) });
  });
}

function withAttachment(call: Call, point: string, answer: (container: WorldContainer) => Answer): Answer {
  const plain = decodeURIComponent(decodeURIComponent(point));
  const host = "cloudresourcemanager.googleapis.com/";
  if (!plain.startsWith(host)) {
    return refusal(400, `Invalid attachment point: ${plain}`);
  }
  const container = findContainer(call.world, plain.slice(host.length));
  if (container === undefined) {
    return denied(plain);
  }
  return closedAnswer(call.world, "deny", container.resource) ?? answer(container);
}

function head(call: Call, container: WorldContainer, policy: WorldDenyPolicy): object {
  return {
    name: denyPolicyName(numberedName(call.world, container.resource), policy.id),
    uid: "6665c437-a3b2-a018-6934-54dd16d3426e",
    kind: "DenyPolicy",
    displayName: policy.id,
    etag: etagOf(policy),
    createTime: "2025-06-05T19:22:26.770543Z",
    updateTime: "2025-06-05T19:22:26.770543Z",
  };
}

/** As Google names them: by the number, with the attachment point percent-encoded. */
export function denyPolicyName(resource: string, id: string): string {
  return `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${resource}`)}/denypolicies/${id}`;
}

/** Empty lists are left out, as everywhere. */
function ruleBody({ condition, ...lists }: DenyRule): object {
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...(condition === undefined ? {} : { denialCondition: { title: "only where", expression: condition } }),
  };
}
