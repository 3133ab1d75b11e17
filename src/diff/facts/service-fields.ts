import type { Service } from "../../matrix/model/world.ts";
import type { Json } from "../fact.ts";
import type { Field } from "./compare-fields.ts";
import { accountJson } from "./describe-account.ts";
import { given, inOneOrder, inOrder, sameJson } from "./json.ts";
import { sameMoment } from "./same-moment.ts";

/** Every field of a service whose change is told by itself. Public and previous accounts are lists of access, and apart. */
export const serviceFields: readonly Field<Service>[] = [
  { kind: "ingress-changed", field: "ingress", read: ({ ingress }) => ingress },
  { kind: "iap-changed", field: "iap", read: ({ iap }) => iap ?? null },
  { kind: "invoker-role-changed", field: "invokerRole", read: ({ invokerRole }) => invokerRole },
  { kind: "account-changed", field: "account", read: ({ account }) => accountJson(account) },
  { kind: "stage-changed", field: "stage", read: stageJson, same: isSameStage },
  { kind: "mode-changed", field: "mode", read: ({ mode }) => mode },
  { kind: "service-kind-changed", field: "kind", read: ({ kind }) => kind },
  { kind: "run-name-changed", field: "name", read: ({ name }) => name },
  { kind: "project-changed", field: "project", read: ({ project }) => project.id },
  { kind: "regions-changed", field: "regions", read: ({ regions }) => inOneOrder(regions) },
  { kind: "image-changed", field: "image", read: ({ image }) => image ?? null },
  {
    kind: "former-names-changed",
    field: "formerNames",
    read: ({ formerNames }) => (formerNames.length === 0 ? null : formerNames),
    same: isSamePast,
  },
  { kind: "owner-changed", field: "owner", read: ({ owner }) => owner ?? null },
  { kind: "labels-changed", field: "labels", read: ({ labels }) => inOrder(labels) ?? null, byKey: true },
  { kind: "description-changed", field: "description", read: ({ description }) => description ?? null },
];

function stageJson({ stage, declared }: Service): Json {
  return given({ stage, retired: declared.value.retired });
}

function isSameStage(before: Service, after: Service): boolean {
  return before.stage === after.stage && sameMoment(before.declared.value.retired, after.declared.value.retired);
}

/** A rename appends the earlier key to the former names, and undoing it takes that away: the rename says so already. */
function isSamePast(before: Service, after: Service): boolean {
  if (before.key === after.key) return sameJson(before.formerNames, after.formerNames);
  const [old, now] = [
    [...before.formerNames, before.key],
    [...after.formerNames, after.key],
  ];
  const [shorter, longer] = old.length < now.length ? [old, now] : [now, old];
  return sameJson(shorter, longer.slice(0, shorter.length));
}
