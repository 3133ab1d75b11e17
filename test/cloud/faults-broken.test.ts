import { afterAll, beforeAll, expect, test } from "vitest";
import { blastRadius } from "./fault-tables.ts";
import { expectHonest, type FaultyReading, startFaultyReading } from "./faulty-reading.ts";
import { everyFault, type Fault } from "./faults.ts";
import { readingsOf } from "./honesty.ts";

let reading: FaultyReading;

beforeAll(async () => {
  reading = await startFaultyReading();
});

afterAll(() => reading.cloud.close());

/** Each of those that follow has a test of its own. */
const ownTest: readonly Fault[] = ["stall", "empty", "duplicatedPage", "loopingToken"];

test.each(everyFault.filter((fault) => typeof fault !== "number" && !ownTest.includes(fault)))(
  "%s: what was lost is unread, nothing else is, and nothing is invented",
  async (fault) => {
    for (const [request, lost] of Object.entries(blastRadius)) {
      expect(await expectHonest(reading, fault, request), request).toStrictEqual(lost);
    }
  },
);

test("stall: what did not come in time is unread, and nothing is invented", async () => {
  for (const [request, lost] of Object.entries(blastRadius)) {
    // On a busy machine other answers, too, may be later than the short time that stalls are given.
    expect(await expectHonest(reading, "stall", request), request).toStrictEqual(expect.arrayContaining([...lost]));
  }
});

test("empty: nothing is missing without a word", async () => {
  for (const [request, lost] of Object.entries(blastRadius)) {
    const unread = (await expectHonest(reading, "empty", request)) ?? [];
    expect(lost, request).toStrictEqual(expect.arrayContaining([...unread]));
  }
});

/** Lists, which alone can go wrong in their pages. */
const paged =
  /(projects|folders|services|jobs|serviceAccounts|Pools|providers|denypolicies|Memberships|activities:query)( page 2)?$/;

/** An empty page twice is an empty page. */
const emptyLists = [
  "GET cloudresourcemanager/v3/folders",
  "GET iam/v2/policies/cloudresourcemanager.googleapis.com/projects/1001/denypolicies",
];

/** What it named before it broke off is true, and here it names the only account: see read-activity.test.ts. */
const trueByItem = "activities:query";

test.each(["duplicatedPage", "loopingToken"] as const)("%s: the list says that it is not whole", async (fault) => {
  const lists = Object.entries(blastRadius).filter(([request]) => paged.test(request));
  expect(lists).toHaveLength(13);
  for (const [request, lost] of lists) {
    const harmless = request.endsWith(trueByItem) || (fault === "duplicatedPage" && emptyLists.includes(request));
    expect(await expectHonest(reading, fault, request), request).toStrictEqual(harmless ? [] : lost);
  }
});

test.each([429, 500, 503, "reset", "truncated"] as const)(
  "%s once, at each request: all is mended by asking again",
  async (fault) => {
    const seen = await reading.read((_, nth) => (nth === 0 ? fault : undefined));
    expect([...readingsOf(seen)]).toStrictEqual([...readingsOf(reading.truth)]);
    expect(reading.cloud.requests).toHaveLength(2 * reading.requests.length);
  },
);
