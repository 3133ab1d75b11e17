import { expect } from "vitest";
import { type ReadDeps, type ReadRequest, readSnapshot } from "../../src/gcp/read-snapshot.ts";
import { type CloudOptions, startCloud } from "../cloud/server.ts";
import {
  account,
  type CloudWorld,
  makeWorld,
  organization,
  project,
  service,
  type WorldProject,
} from "../cloud/world.ts";
import { virtualClock } from "./virtual-clock.ts";

export const web = "web@acme.iam.gserviceaccount.com";

/** An organization with one project, where one service and one job run as one account. */
export function world(parts: Partial<WorldProject> = {}): CloudWorld {
  return makeWorld({
    organizations: [organization("111")],
    projects: [
      project("acme", "1001", {
        parent: "organizations/111",
        services: [service("web", { account: web }), service("job", { kind: "job", account: web })],
        accounts: [account(web)],
        ...parts,
      }),
    ],
    roles: { "roles/run.invoker": ["run.routes.invoke"] },
  });
}

/** Reads the world once, at once, without a second attempt at anything. */
export async function read(
  content: CloudWorld,
  {
    faults,
    pageSize,
    request,
    deps,
  }: {
    faults?: CloudOptions["faults"];
    pageSize?: number;
    request?: Partial<ReadRequest>;
    deps?: Partial<ReadDeps>;
  } = {},
) {
  const cloud = await startCloud(content, {
    ...(faults === undefined ? {} : { faults }),
    ...(pageSize === undefined ? {} : { pageSize }),
  });
  const clock = virtualClock();
  const reading = await readSnapshot(
    { environment: "prod", projects: ["acme"], scope: [], groups: false, accounts: [], ...request },
    {
      env: cloud.env,
      clock,
      random: () => 0,
      progress: () => undefined,
      version: "1",
      limits: { attempts: 1 },
      ...deps,
    },
  );
  await cloud.close();
  expect(cloud.violations).toEqual([]);
  const [record] = reading.snapshot.projects;
  if (record === undefined) throw new Error("no project was read");
  return { ...reading, record, clock, cloud };
}
