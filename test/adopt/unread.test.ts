import { expect, test } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { adopt, errorsIn, ROOT } from "./adopt-of.ts";
import { difference } from "./difference.ts";
import { edited, type MutableRecord } from "./edited.ts";
import { fleet } from "./fleet.ts";

// A newer snapshot that could not read something says nothing about it: what the matrix has of it stays.

const prod = fleet({ seed: 7, services: 30, projects: 2, regions: 2 });
const before = adopt(prod);
const denied = { status: "denied", reason: "403: The caller does not have permission" };

function closing(close: (record: MutableRecord, at: number) => void): Snapshot {
  return edited(prod, ({ projects }) => {
    for (const { services, jobs } of projects)
      for (const [at, record] of [...services.value, ...jobs.value].entries()) close(record, at);
  });
}

test.each<readonly [string, Snapshot]>([
  ["no policy of a service", closing((record) => Object.assign(record, { policy: denied }))],
  [
    "every other policy of a service",
    closing((record, at) => void (at % 2 === 0 && Object.assign(record, { policy: denied }))),
  ],
  [
    "every third policy as a whole",
    closing((record, at) => {
      const { value } = record.policy;
      if (at % 3 === 0)
        Object.assign(record, {
          policy: { status: "partial", value: { bindings: value.bindings.slice(1) }, reason: "cut off" },
        });
    }),
  ],
  [
    "who passes Identity-Aware Proxy",
    closing((record) => {
      const { iap } = record as MutableRecord & { iap: object | null };
      if (iap !== null) Object.assign(iap, { policy: denied });
    }),
  ],
  [
    "the services of a project",
    edited(prod, ({ projects }) => void Object.assign(projects[0] ?? {}, { services: denied })),
  ],
  [
    "any services and jobs",
    edited(prod, ({ projects }) => projects.forEach((each) => Object.assign(each, { services: denied, jobs: denied }))),
  ],
  [
    "which accounts there are",
    edited(prod, ({ projects }) => projects.forEach((each) => Object.assign(each, { accounts: denied }))),
  ],
  [
    "what the accounts are",
    edited(prod, ({ accounts }) =>
      accounts.forEach((each) => Object.assign(each, { details: denied, policy: denied, keys: denied })),
    ),
  ],
  [
    "what is above the projects",
    edited(prod, (all) =>
      (all as unknown as Snapshot).containers.forEach((each) => Object.assign(each, { policy: denied, deny: denied })),
    ),
  ],
  [
    "how the projects are called",
    edited(prod, (all) =>
      (all as unknown as Snapshot).containers.forEach((each) => Object.assign(each, { details: denied })),
    ),
  ],
  [
    "what the roles are",
    edited(prod, (all) =>
      (all as unknown as Snapshot).roles.forEach((each) => Object.assign(each, { permissions: denied })),
    ),
  ],
])("a snapshot that did not read %s takes nothing away", (_, closed) => {
  const { files, adoption } = adopt(closed, { into: before.files });
  expect(difference(before.files[ROOT] ?? "", files[ROOT] ?? "").removed).toEqual([]);
  expect(adoption.report.complete).toBe(false);
  expect(adoption.services).toEqual({ added: [], changed: [], absent: [] });
  expect(errorsIn(files, prod)).toEqual([]);
});
