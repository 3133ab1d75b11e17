import { describe, expect, test } from "vitest";
import { addPatience, type RetryLimits } from "../../src/gcp/retry.ts";
import type { TransportAnswer, TransportRequest } from "../../src/gcp/transport.ts";
import { virtualClock } from "./virtual-clock.ts";

const request = {
  target: { list: "data", method: "GET", api: "iam", path: "v1/roles/a" },
  query: "",
  headers: {},
  body: null,
} as const;
const limits: RetryLimits = { attempts: 4, budget: 100, timeoutMs: 1000, deadlineMs: 600_000 };

function answer(status: number, headers: readonly (readonly [string, string])[] = []): TransportAnswer {
  return { kind: "answer", status, headers: new Map(headers), text: "{}" };
}

function start(answers: readonly TransportAnswer[], own: Partial<RetryLimits> = {}) {
  const clock = virtualClock();
  const sent: TransportRequest[] = [];
  const transport = {
    send: (one: TransportRequest) => {
      sent.push(one);
      return Promise.resolve(answers[Math.min(sent.length, answers.length) - 1] ?? answer(200));
    },
  };
  const patient = addPatience(transport, { clock, random: () => 1, limits: { ...limits, ...own } });
  return { patient, clock, sent };
}

const reset: TransportAnswer = { kind: "interrupted", reason: "reset" };

test.each([
  ["429", answer(429)],
  ["500", answer(500)],
  ["503", answer(503)],
  ["a broken connection", reset],
])("%s is repeated until it goes well, with growing waits", async (_, bad) => {
  const { patient, clock, sent } = start([bad, bad, answer(200)]);
  expect(await patient.send(request)).toEqual(answer(200));
  expect(sent).toHaveLength(3);
  expect(clock.waits).toEqual([500, 1000]);
  expect(patient.counts()).toEqual({ iam: 3 });
});

test.each([
  ["200", answer(200)],
  ["401", answer(401)],
  ["403", answer(403)],
  ["404", answer(404)],
  ["409", answer(409)],
  ["what cannot be helped", { kind: "refused", reason: "redirect" } as const],
])("%s is not repeated", async (_, one) => {
  const { patient, sent } = start([one]);
  expect(await patient.send(request)).toEqual(one);
  expect(sent).toHaveLength(1);
});

test("after so many attempts the last answer stands", async () => {
  const { patient, sent } = start([reset, reset, reset, answer(503)]);
  expect(await patient.send(request)).toEqual(answer(503));
  expect(sent).toHaveLength(4);
});

describe("Retry-After", () => {
  test("in seconds is waited for", async () => {
    const { patient, clock } = start([answer(429, [["retry-after", "7"]]), answer(200)]);
    await patient.send(request);
    expect(clock.waits).toEqual([7000]);
  });

  test("as a date is waited for", async () => {
    const { patient, clock } = start([answer(503, [["retry-after", "Sun, 22 Nov 2026 00:00:09 GMT"]]), answer(200)]);
    await patient.send(request);
    expect(clock.waits).toEqual([9000]);
  });

  test("of an hour is cut to a minute", async () => {
    const { patient, clock } = start([answer(429, [["retry-after", "3600"]]), answer(200)]);
    await patient.send(request);
    expect(clock.waits).toEqual([60_000]);
  });

  test("that says nothing is passed over", async () => {
    const { patient, clock } = start([answer(429, [["retry-after", "soon"]]), answer(200)]);
    await patient.send(request);
    expect(clock.waits).toEqual([500]);
  });
});

test("jitter halves the wait at most", async () => {
  const clock = virtualClock();
  let first = true;
  const transport = {
    send: () => {
      const one = first ? answer(500) : answer(200);
      first = false;
      return Promise.resolve(one);
    },
  };
  await addPatience(transport, { clock, random: () => 0, limits }).send(request);
  expect(clock.waits).toEqual([250]);
});

test("all requests share one budget", async () => {
  const { patient, sent } = start([reset], { budget: 4 });
  for (let count = 0; count < 5; count += 1) await patient.send(request);
  expect(sent).toHaveLength(5 + 4);
});

test("nothing is sent after the deadline, and no wait goes past it", async () => {
  const { patient, clock, sent } = start([answer(429, [["retry-after", "20"]])], { deadlineMs: 30_000, attempts: 9 });
  expect(await patient.send(request)).toMatchObject({ status: 429 });
  expect(clock.waits).toEqual([20_000]);
  expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1000, 1000]);
  expect(patient.isTooLate(9000)).toBe(false);
  expect(patient.isTooLate(11_000)).toBe(true);
  await clock.sleep(10_000);
  expect(await patient.send(request)).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("deadline of 30 s"),
  });
  expect(sent).toHaveLength(2);
});

test("near the deadline a request may take only what is left", async () => {
  const { patient, clock, sent } = start([answer(200)], { deadlineMs: 10_000 });
  await clock.sleep(9500);
  await patient.send(request);
  expect(sent[0]?.timeoutMs).toBe(500);
});
