import { expect, test } from "vitest";
import type { Answer, Probe } from "../../src/verify/probe.ts";
import { runProbes } from "../../src/verify/run-probes.ts";
import { virtualClock } from "../gcp/virtual-clock.ts";

const START = Date.UTC(2026, 10, 22);

function probeOf(service: string, more: Partial<Probe> = {}): Probe {
  return {
    service,
    region: "europe-west1",
    url: `https://${service}-1.europe-west1.run.app/`,
    obstacle: null,
    doubt: null,
    credential: "none",
    caller: null,
    account: null,
    audience: null,
    expects: "refuse",
    because: "",
    isPublic: false,
    isInternal: false,
    mayInherit: false,
    ...more,
  };
}

async function run(probes: readonly Probe[], answer: (probe: Probe) => Answer, { settle = 0, rate = 5 } = {}) {
  const clock = virtualClock(START);
  const at: number[] = [];
  let open = 0;
  let most = 0;
  const calls = await runProbes(probes, {
    clock,
    rate,
    settleMs: settle * 1000,
    progress: () => {},
    call: async (probe) => {
      at.push(clock.now() - START);
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      return answer(probe);
    },
  });
  return { calls, at, most };
}

const answered = (status: number): Answer => ({ kind: "answer", status, proxy: false });
const ten = Array.from({ length: 10 }, (_, index) => probeOf(`s${index}`));

test("no more calls a second than told, and few at a time", async () => {
  const { at, most } = await run(ten, () => answered(403));
  expect(at).toHaveLength(10);
  for (const [index, each] of at.entries()) expect(each).toBeGreaterThanOrEqual(index * 200);
  expect(at.at(-1)).toBeLessThan(2500);
  expect(most).toBeLessThanOrEqual(4);
});

test("what stays wrong is repeated to the end of the time, less and less often, and then no more", async () => {
  const { calls, at } = await run([probeOf("open")], () => answered(200), { settle: 420 });
  expect(at.map((each) => each / 1000)).toEqual([0, 5, 15, 35, 65, 125, 185, 245, 305, 365, 420]);
  expect(calls).toMatchObject([{ verdict: "finding", attempts: 11, after: 420 }]);
});

test("what cannot change is called once, however long the time", async () => {
  for (const status of [401, 403, 404]) {
    const { at } = await run([probeOf("shut")], () => answered(status), { settle: 420 });
    expect(at).toEqual([0]);
  }
  const unknown = await run([probeOf("far", { url: null, obstacle: "its URL is not known" })], () => answered(403), {
    settle: 420,
  });
  expect(unknown.at).toEqual([]);
  expect(unknown.calls).toMatchObject([{ verdict: "unknown", attempts: 0, message: "its URL is not known" }]);
});

test("silence is tried three times, and a late answer counts", async () => {
  let asked = 0;
  const silent: Answer = { kind: "silent", reason: "no answer within 10 s" };
  expect((await run([probeOf("mute")], () => silent)).calls).toMatchObject([{ verdict: "unknown", attempts: 3 }]);
  const late = await run([probeOf("slow")], () => (++asked < 3 ? silent : answered(403)));
  expect(late.calls).toMatchObject([{ verdict: "ok", attempts: 3 }]);
});
