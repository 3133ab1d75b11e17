import type { Policy, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import type { World } from "../terraform/stub-provider/world.ts";

/** What a reader would see of a world of the stub provider: as much of a snapshot as imports are decided by. */
export function snapshotOfWorld(world: World): Pick<Snapshot, "accounts" | "projects"> {
  const places = [...Object.keys(world.services), ...Object.keys(world.jobs)];
  const projects = [...new Set(places.map((path) => path.split("/")[1] ?? ""))].sort();
  const of = (project: string, kinds: "services" | "jobs"): Reading<readonly ServiceRecord[]> => ({
    status: "read",
    value: Object.keys(world[kinds])
      .filter((path) => path.startsWith(`projects/${project}/`))
      .map((path) => recordOf(path, kinds === "jobs" ? "job" : "service", world.policies[path] ?? {})),
  });
  return {
    projects: projects.map((project) => ({
      project,
      services: of(project, "services"),
      jobs: of(project, "jobs"),
      accounts: {
        status: "read",
        value: Object.keys(world.accounts).filter((email) => email.endsWith(`@${project}.iam.gserviceaccount.com`)),
      },
      pools: { status: "read", value: [] },
      iap: [],
    })),
    accounts: Object.entries(world.accounts).map(([email, { uniqueId, disabled }]) => ({
      email,
      details: { status: "read", value: { uniqueId, disabled } },
    })),
  };
}

/** @param path `projects/P/locations/R/services/S` */
function recordOf(
  path: string,
  kind: ServiceRecord["kind"],
  roles: Readonly<Record<string, readonly string[]>>,
): ServiceRecord {
  const [, , , region = "", , name = ""] = path.split("/");
  const policy: Policy = { bindings: Object.entries(roles).map(([role, members]) => ({ role, members })) };
  return {
    kind,
    region,
    name,
    policy: { status: "read", value: policy },
    invokerCheckDisabled: false,
    ingress: "all",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: null,
    account: null,
    urls: [],
    audiences: [],
  };
}
