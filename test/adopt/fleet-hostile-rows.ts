import type { RoleRecord } from "../../src/snapshot/snapshot.ts";
import { accountRecord, dana, denied, failed, grant, inCore, type MakeExtra } from "./fleet-extra.ts";
import { emailOf, iapAgentOf, invoker, passIap, placed, repositoryOf, sa, thisYear } from "./fleet-plan.ts";

/** Hostile extras in the rows of services. */
export const rowExtras = {
  "unread-policies": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "closed-row", { bindings: denied }),
      placed(core, region, "broken-row", { kind: "job", bindings: failed }),
      placed(core, region, "closed-iap", { bindings: [invoker(iapAgentOf(core))], iapBindings: denied }),
    ],
    accounts: [accountRecord("closed-row", core, { keys: denied, policy: failed })],
  }),
  "calls-itself": ({ places: [core], regions: [region] }) => ({
    services: [placed(core, region, "mirror", { bindings: [invoker(sa(emailOf("mirror", core)), dana)] })],
  }),
  "in-row-and-at-iap": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "both-doors", {
        bindings: [invoker(iapAgentOf(core), dana)],
        iapBindings: [grant(passIap, dana, "group:staff@acme.test")],
      }),
      placed(core, region, "no-agent", { bindings: [invoker(dana)], iapBindings: [grant(passIap, dana)] }),
      placed(core, region, "maybe-passes", {
        bindings: [invoker(iapAgentOf(core))],
        iapBindings: [{ ...grant(passIap, "group:contractors@acme.test"), condition: thisYear }],
      }),
    ],
  }),
  "upper-case-emails": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "shouting", {
        bindings: [
          invoker(
            "user:Dana@Acme.test",
            dana,
            "group:OnCall@acme.test",
            sa(emailOf("gateway", core).replace("g", "G")),
          ),
        ],
      }),
    ],
  }),
  "sets-of-principals": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "for-editors", { bindings: [invoker(`projectEditor:${core.id}`, "domain:acme.test")] }),
      placed(core, region, "for-everyone-signed-in", { ingress: "all", bindings: [invoker("allAuthenticatedUsers")] }),
      placed(core, region, "for-robots", {
        bindings: [
          invoker(`principalSet://cloudresourcemanager.googleapis.com/projects/${core.number}/type/ServiceAccount`),
          invoker("principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ana"),
        ],
      }),
    ],
  }),
  "several-roles": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "many-doors", {
        bindings: [
          invoker(dana),
          grant("roles/run.servicesInvoker", "user:eli@acme.test", dana),
          grant("roles/run.developer", "group:contractors@acme.test"),
          grant(`projects/${core.id}/roles/caller`, sa(emailOf("gateway", core))),
          grant(`projects/${core.id}/roles/unread`, "user:eli@acme.test"),
          grant("roles/viewer", "group:staff@acme.test"),
        ],
      }),
      placed(core, region, "many-starts", {
        kind: "job",
        bindings: [invoker(dana), grant("roles/run.jobsExecutor", "user:eli@acme.test")],
      }),
    ],
    roles: [
      roleOf(`projects/${core.id}/roles/caller`, { status: "read", value: ["run.routes.invoke"] }),
      roleOf(`projects/${core.id}/roles/unread`, denied),
    ],
  }),
  "twice-in-a-row": inCore({
    "with-and-without": {
      ingress: "all",
      bindings: [
        invoker(dana),
        { ...invoker(dana, "allUsers"), condition: thisYear },
        { ...invoker("user:eli@acme.test"), condition: { title: "broken", expression: "request.time <" } },
        {
          ...invoker("user:eli@acme.test"),
          condition: { title: "over", expression: 'request.time < timestamp("2026-01-01T00:00:00Z")' },
        },
      ],
    },
    "split-row": { bindings: [invoker(dana), invoker(dana, "user:eli@acme.test")] },
  }),
  "odd-grants": inCore({
    "odd-doors": {
      bindings: [
        invoker(dana),
        {
          ...invoker("user:eli@acme.test"),
          condition: { title: "here", expression: 'resource.name.startsWith("projects/acme")' },
        },
        {
          ...invoker("group:oncall@acme.test"),
          condition: { title: "later", expression: 'request.time > timestamp("2027-06-01T00:00:00Z")' },
        },
        grant("roles/run.serviceAgent", "user:eli@acme.test"),
        grant("roles/nowhere", "user:eli@acme.test"),
      ],
    },
  }),
  "odd-inheritance": ({ places: [core] }) => ({
    services: [],
    above: {
      project: [
        invoker("allAuthenticatedUsers", dana),
        { ...invoker("group:contractors@acme.test"), condition: thisYear },
        grant("roles/run.servicesInvoker", "user:Eli@acme.test", `deleted:${sa(emailOf("old-import", core))}?uid=77`),
        grant("roles/run.jobsExecutor", sa(emailOf("scheduler", core))),
      ],
      folder: [grant("roles/run.admin", "user:root@acme.test"), invoker(repositoryOf(core))],
      organization: [invoker(sa("auditor@acme-audit.iam.gserviceaccount.com"), "domain:acme.test")],
    },
  }),
  "deny-policies": ({ places: [core], regions: [region] }) => ({
    services: [placed(core, region, "fenced", { bindings: [invoker(dana, "user:eli@acme.test")] })],
    deny: [
      {
        deniedPrincipals: ["principal://goog/subject/dana@acme.test"],
        exceptionPrincipals: [],
        deniedPermissions: ["run.googleapis.com/routes.invoke"],
        exceptionPermissions: [],
      },
    ],
  }),
  "agents-in-rows": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "pushed", {
        bindings: [
          invoker(
            sa(`service-${core.number}@gcp-sa-pubsub.iam.gserviceaccount.com`),
            sa("service-999@gcp-sa-iap.iam.gserviceaccount.com"),
          ),
        ],
      }),
      placed(core, region, "agent-without-iap", { bindings: [invoker(iapAgentOf(core))] }),
    ],
  }),
} as const satisfies Readonly<Record<string, MakeExtra>>;

function roleOf(name: string, permissions: RoleRecord["permissions"]): RoleRecord {
  return { name, source: "live", permissions };
}
