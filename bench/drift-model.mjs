// The world in which everything that makeModel declares is deployed and applied, as a snapshot.
import { createHash } from "node:crypto";

const project = { id: "bench-prod", number: "111111111111" };
const read = (value) => ({ status: "read", value });
const when = "2026-11-22T12:00:00Z";

/** The text of a snapshot: each caller of each service in a binding of its own. */
export function makeSnapshot({ json }) {
  const { services, region } = JSON.parse(json);
  const email = (name) => `${name}-sa@${project.id}.iam.gserviceaccount.com`;
  const records = services.map(({ name, callers }) => ({
    kind: "service",
    region,
    name,
    policy: read({
      etag: "BwX=",
      bindings: callers.map((caller) => ({ role: "roles/run.invoker", members: [`serviceAccount:${email(caller)}`] })),
    }),
    invokerCheckDisabled: false,
    ingress: "internal",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: null,
    account: email(name),
    urls: [`https://${name}-${project.number}.${region}.run.app`],
    audiences: [],
  }));
  const accounts = services.map(({ name }) => email(name)).sort();
  const agent = `serviceAccount:service-${project.number}@serverless-robot-prod.iam.gserviceaccount.com`;
  const content = {
    schema: "matrix/snapshot/v1",
    version: "0.1.0",
    startedAt: when,
    finishedAt: when,
    reader: null,
    environment: "prod",
    asked: { projects: [project.id], scope: [`projects/${project.id}`], groups: false },
    endpoints: {},
    scopes: [],
    containers: [
      {
        resource: `projects/${project.id}`,
        details: read({ number: project.number, parent: null }),
        policy: read({ bindings: [{ role: "roles/run.serviceAgent", members: [agent] }] }),
        deny: read([]),
      },
    ],
    projects: [
      {
        project: project.id,
        services: read(records),
        jobs: read([]),
        accounts: read(accounts),
        pools: read([]),
        iap: [],
      },
    ],
    accounts: accounts.map((each) => ({
      email: each,
      details: read({ uniqueId: "1", disabled: false }),
      keys: read([]),
      policy: read({ bindings: [] }),
    })),
    roles: ["roles/run.invoker", "roles/run.serviceAgent"].map((name) => ({
      name,
      source: "live",
      permissions: read(["run.routes.invoke"]),
    })),
    groups: [],
  };
  const sha256 = createHash("sha256").update(canonical(content)).digest("hex");
  return `${canonical({ ...content, sha256 })}\n`;
}

function canonical(value) {
  return JSON.stringify(value, (_, part) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
