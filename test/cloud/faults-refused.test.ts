import { afterAll, beforeAll, expect, test } from "vitest";
import { blastRadius } from "./fault-tables.ts";
import { expectHonest, type FaultyReading, readWith, startFaultyReading } from "./faulty-reading.ts";
import { everyFault } from "./faults.ts";
import { findUnread } from "./honesty.ts";

let reading: FaultyReading;

beforeAll(async () => {
  reading = await startFaultyReading();
});

afterAll(() => reading.cloud.close());

test("without faults everything is read, by requests that are all in the table", () => {
  expect(findUnread(reading.truth)).toStrictEqual([]);
  expect(reading.requests).toStrictEqual(Object.keys(blastRadius).sort());
});

test.each(everyFault.filter((fault) => typeof fault === "number"))(
  "%s: what was refused is unread, nothing else is, and nothing is invented",
  async (fault) => {
    for (const [request, lost] of Object.entries(blastRadius)) {
      expect((await expectHonest(reading, fault, request)) ?? lost, request).toStrictEqual(lost);
    }
  },
);

test("a role that is not answered is that of the built-in table, and says so", async () => {
  const { roles } = await readWith(reading, 503, "GET iam/v1/roles/run.invoker");
  const role = roles.find(({ name }) => name === "roles/run.invoker");
  expect(role?.source).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(role?.permissions).toMatchObject({ status: "read", note: expect.stringContaining("503") });
});
