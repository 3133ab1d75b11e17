import { expect, test } from "vitest";
import { parseSnapshot } from "../../../src/snapshot/parse-snapshot.ts";
import { sealSnapshot } from "../../../src/snapshot/seal-snapshot.ts";
import { invoker, live, world } from "../live-world.ts";

// A moment that is none: nothing is before or after it, so that what has expired would be in force.

const snapshot = world({ services: [live("billing", [invoker("allUsers")])] });

test.each([
  { finishedAt: "2026-99-99T99:99:99Z" },
  { finishedAt: "2026-02-30T24:00:01Z" },
  { startedAt: "2026-00-00T00:00:00Z" },
])("a snapshot of no time is not believed: %j", (fields) => {
  const bytes = Buffer.from(JSON.stringify(sealSnapshot({ ...snapshot, ...fields })));
  expect(parseSnapshot(bytes, "s.json")).toMatchObject({ problem: expect.stringContaining("is no moment") });
});
