import { array, boolean, constantFrom, integer, type Arbitrary, record } from "fast-check";

/** A cloud that writes down what is done to it, as Google's audit logs do. It knows the truth that the log must tell. */
export const PROJECT = "acme-prod";
export const SERVICE = `projects/${PROJECT}/locations/europe-west1/services`;

export interface Place {
  readonly name: string;
  readonly kind: "service" | "project" | "account" | "folder";
}

export const places: readonly Place[] = [
  { name: `${SERVICE}/billing`, kind: "service" },
  { name: `${SERVICE}/cart`, kind: "service" },
  { name: `projects/${PROJECT}`, kind: "project" },
  { name: `projects/${PROJECT}/serviceAccounts/cart@${PROJECT}.iam.gserviceaccount.com`, kind: "account" },
  { name: "folders/77", kind: "folder" },
];
const roles = ["roles/run.invoker", "roles/viewer", "roles/editor"];
const members = ["user:Dana@acme.example", "serviceAccount:ci@acme-ci.iam.gserviceaccount.com", "allUsers"];
const expressions = [null, 'request.time < timestamp("2027-01-01T00:00:00Z")'];

export interface Step {
  readonly place: number;
  /** Which grants it turns over: there before, gone after. */
  readonly turns: readonly { readonly role: string; readonly member: string; readonly expression: string | null }[];
  readonly actor: string;
  readonly form: "delta" | "policy" | "both";
  readonly isFailed: boolean;
  readonly isTwice: boolean;
  /** Deletes a service and creates it again; nothing of it is left. */
  readonly isReborn: boolean;
  readonly spelling: number;
}

export const steps: Arbitrary<readonly Step[]> = array(
  record({
    place: integer({ min: 0, max: places.length - 1 }),
    turns: array(
      record({
        role: constantFrom(...roles),
        member: constantFrom(...members),
        expression: constantFrom(...expressions),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    actor: constantFrom("dana@acme.example", "apply@acme-ci.iam.gserviceaccount.com"),
    form: constantFrom("delta", "policy", "both"),
    isFailed: integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    isTwice: boolean(),
    isReborn: integer({ min: 0, max: 7 }).map((chance) => chance === 0),
    spelling: integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 25 },
);

export interface Told {
  readonly kind: "granted" | "removed" | "holds";
  readonly resource: string;
  readonly grant: string;
  readonly actor: string;
  readonly at: number;
}

export interface Played {
  readonly entries: readonly {
    readonly json: object;
    readonly place: string;
    readonly isPolicy: boolean;
    /** Whether it says what changed alone: then nothing after it can be based on it. */
    readonly isBare: boolean;
    readonly changed: boolean;
  }[];
  readonly told: readonly Told[];
  /** By resource, the grants at the end, and who made each of them since when. */
  readonly end: ReadonlyMap<string, ReadonlyMap<string, { readonly actor: string; readonly at: number }>>;
}

const START = Date.parse("2026-10-01T00:00:00Z");

/** What a history of steps leaves in the log, and what truly happened. Everything starts empty. */
export function playSteps(history: readonly Step[]): Played {
  const end = new Map(places.map(({ name }) => [name, new Map<string, { actor: string; at: number }>()]));
  const etags = new Map<string, string>();
  const entries: Played["entries"][number][] = [];
  const told: Told[] = [];
  history.forEach((step, index) => {
    const place = places[step.place] ?? places[0];
    if (place === undefined) throw new Error("no place");
    const at = START + index * 60_000 + 1;
    const stood = end.get(place.name) ?? new Map<string, { actor: string; at: number }>();
    const add = (json: object, isPolicy: boolean, changed: boolean): void => {
      const entry = { json, place: place.name, isPolicy, isBare: step.form === "delta", changed };
      entries.push(entry);
      if (step.isTwice) entries.push(entry);
    };
    if (step.isReborn && place.kind === "service") {
      for (const grant of stood.keys())
        told.push({ kind: "removed", resource: place.name, grant, actor: step.actor, at });
      stood.clear();
      etags.delete(place.name);
      for (const each of reborn(place, step, at, index)) add(each, false, true);
      return;
    }
    const after = new Map(stood);
    const deltas: object[] = [];
    for (const key of new Set(
      step.turns.map(({ role, member, expression }) =>
        JSON.stringify([role, member.replace("Dana", "dana"), expression]),
      ),
    )) {
      const isThere = after.has(key);
      if (isThere) after.delete(key);
      else after.set(key, { actor: step.actor, at });
      const [role, member, expression] = JSON.parse(key) as [string, string, string | null];
      deltas.push({ action: isThere ? "REMOVE" : "ADD", role, member, ...conditionOf(expression) });
      if (!step.isFailed)
        told.push({ kind: isThere ? "removed" : "granted", resource: place.name, grant: key, actor: step.actor, at });
    }
    const etag = `BwX${index}=`;
    // Policies that nobody ever set have an etag too.
    const before = etags.get(place.name) ?? "ACAB";
    add(setPolicy(place, step, { at, index, deltas, etag, before, grants: [...after.keys()] }), !step.isFailed, true);
    if (step.isFailed) return;
    end.set(place.name, after);
    etags.set(place.name, etag);
  });
  return { entries, told: told.sort(byAll), end };
}

export function byAll(a: Told, b: Told): number {
  const [left, right] = [a, b].map((each) => JSON.stringify([each.at, each.resource, each.kind, each.grant]));
  return (left ?? "") < (right ?? "") ? -1 : 1;
}

function conditionOf(expression: string | null): object {
  return expression === null ? {} : { condition: { title: "until", expression } };
}

interface Written {
  readonly at: number;
  readonly index: number;
  readonly deltas: readonly object[];
  readonly etag: string;
  readonly before: string;
  readonly grants: readonly string[];
}

function setPolicy(place: Place, step: Step, { at, index, deltas, etag, before, grants }: Written): object {
  const bindings = grants.map((key) => {
    const [role, member, expression] = JSON.parse(key) as [string, string, string | null];
    // Policies keep the case in which people write addresses.
    return { role, members: [member.replace("dana", "Dana")], ...conditionOf(expression) };
  });
  const hasPolicy = step.form !== "delta";
  return {
    ...frame(place, step, at, index),
    protoPayload: {
      ...payload(place, step, policyMethod(place, step)),
      request: {
        resource: place.name,
        ...(hasPolicy ? { policy: { etag: before, bindings } } : {}),
      },
      ...(step.isFailed
        ? { status: { code: 7, message: "PERMISSION_DENIED" } }
        : {
            status: {},
            ...(hasPolicy ? { response: { "@type": "type.googleapis.com/google.iam.v1.Policy", etag, bindings } } : {}),
          }),
      ...(step.form === "policy" ? {} : { serviceData: { policyDelta: { bindingDeltas: deltas } } }),
    },
  };
}

function reborn(place: Place, step: Step, at: number, index: number): readonly object[] {
  const version = step.spelling === 0 ? "v1" : "v2";
  return ["DeleteService", "CreateService"].map((method, part) => ({
    ...frame(place, step, at, index * 10 + part),
    timestamp: `${new Date(at).toISOString().slice(0, -1)}${part}00Z`,
    protoPayload: {
      ...payload(place, step, `google.cloud.run.${version}.Services.${method}`),
      request:
        part === 0
          ? {}
          : { service: { template: { containers: [{ env: [{ name: "TOKEN", value: "hunter2-secret" }] }] } } },
    },
  }));
}

function policyMethod({ kind }: Place, { spelling }: Step): string {
  if (kind === "service")
    return spelling === 0 ? "google.cloud.run.v1.Services.SetIamPolicy" : "google.cloud.run.v2.Services.SetIamPolicy";
  if (kind === "account") return "google.iam.admin.v1.SetIAMPolicy";
  const collection = kind === "project" ? "Projects" : "Folders";
  return spelling === 0 ? "SetIamPolicy" : `google.cloud.resourcemanager.v3.${collection}.SetIamPolicy`;
}

function payload(place: Place, { actor, spelling }: Step, methodName: string): object {
  const api = { service: "run", account: "iam", project: "cloudresourcemanager", folder: "cloudresourcemanager" }[
    place.kind
  ];
  const id = place.name.split("/").at(-1) ?? "";
  const names = {
    service: spelling === 1 ? `namespaces/${PROJECT}/services/${id}` : place.name,
    account: spelling === 1 ? "projects/-/serviceAccounts/1099" : place.name,
    project: spelling === 1 ? "projects/1234" : place.name,
    folder: spelling === 1 ? `//cloudresourcemanager.googleapis.com/${place.name}` : place.name,
  };
  return {
    "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
    serviceName: `${api}.googleapis.com`,
    methodName,
    resourceName: names[place.kind],
    authenticationInfo: { principalEmail: actor },
    requestMetadata: { callerIp: "203.0.113.9", callerSuppliedUserAgent: "gcloud/528" },
  };
}

function frame(place: Place, _: Step, at: number, index: number): object {
  const id = place.name.split("/").at(-1) ?? "";
  const labels = {
    service: { project_id: PROJECT, location: "europe-west1", service_name: id },
    account: { project_id: PROJECT, email_id: id, unique_id: "1099" },
    project: { project_id: PROJECT },
    folder: { folder_id: "77" },
  };
  const level = place.kind === "folder" ? "folders/77" : `projects/${PROJECT}`;
  return {
    insertId: `i${index}`,
    logName: `${level}/logs/cloudaudit.googleapis.com%2Factivity`,
    timestamp: new Date(at).toISOString(),
    resource: { type: place.kind, labels: labels[place.kind] },
    severity: "NOTICE",
  };
}
