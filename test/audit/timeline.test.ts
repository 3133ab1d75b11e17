import { assert, integer, property, shuffledSubarray } from "fast-check";
import { describe, expect, test } from "vitest";
import { attribute } from "../../src/audit/attribute.ts";
import { buildTimeline } from "../../src/audit/build-timeline.ts";
import { compareEnd } from "../../src/audit/compare-end.ts";
import { keyed } from "../../src/audit/deltas.ts";
import { orderEntries } from "../../src/audit/order-entries.ts";
import { readItems } from "../../src/audit/read-items.ts";
import type { ResourceState, Timeline } from "../../src/audit/timeline.ts";
import { byAll, places, playSteps, type Played, type Step, steps } from "./log-world.ts";

const RUNS = { numRuns: 60 };

/** All places, empty, as a snapshot of the start has them. */
const empty: ReadonlyMap<string, ResourceState> = new Map(
  places.map(({ name, kind }) => [
    name,
    { resource: { level: kind, name }, grants: new Map(), etag: null, settings: null, at: null },
  ]),
);

function timelineOf(items: readonly unknown[]): Timeline {
  const read = readItems([{ name: "log", items, badLines: 0 }]);
  expect(read.gaps).toEqual([]);
  return buildTimeline(orderEntries(read.entries).entries, empty);
}

const shuffled = steps.chain((history: readonly Step[]) => {
  const played = playSteps(history);
  return shuffledSubarray([...played.entries], { minLength: played.entries.length }).map((entries) => ({
    played,
    entries,
  }));
});

function truth({ told }: Played): readonly object[] {
  return told.map(({ kind, resource, grant, actor, at }) => ({ kind, resource, grant, actor, at }));
}

function seen({ events }: Timeline): readonly object[] {
  return events
    .map(({ kind, resource, grant, mark }) => ({
      kind,
      resource: resource.name,
      grant: JSON.stringify([grant.role, grant.member, grant.condition?.expression ?? null]),
      actor: mark.actor.principal ?? "",
      at: Math.floor(mark.at / 1000) * 1000 + 1,
    }))
    .sort(byAll);
}

describe("a history of any kind", () => {
  test("is told exactly: every change, by whom and when, whatever the order, doubles and spellings", () => {
    assert(
      property(shuffled, ({ played, entries }) => {
        const timeline = timelineOf(entries.map(({ json }) => json));
        expect(timeline.gaps.filter(({ kind }) => kind !== "no-predecessor")).toEqual([]);
        expect(seen(timeline)).toEqual(truth(played));
        expect(JSON.stringify([timeline.events, timeline.settings, [...timeline.states]])).not.toContain("hunter2");
      }),
      RUNS,
    );
  });

  test("ends in the truth: what stands, and who made each of it", () => {
    assert(
      property(shuffled, ({ played, entries }) => {
        const timeline = timelineOf(entries.map(({ json }) => json));
        const bare = new Set(played.entries.filter(({ isBare }) => isBare).map(({ place }) => place));
        for (const [resource, grants] of played.end) {
          const made = [...(timeline.states.get(resource)?.grants?.values() ?? [])].map(({ role, member, condition }) =>
            JSON.stringify([role, member, condition?.expression ?? null]),
          );
          expect(made.sort(), resource).toEqual([...grants.keys()].sort());
          for (const [key, { actor, at }] of grants) {
            const [role, member, condition] = JSON.parse(key) as [string, string, string | null];
            const named = { resource, role, member: member.replace("dana", "DANA"), condition };
            const found = attribute(timeline, named);
            expect([found?.actor.principal, found?.at], key).toEqual([actor, at]);
            expect(found?.isSure === true || bare.has(resource), key).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });
});

describe("what is missing", () => {
  test("an entry that later ones were based on is a gap there, and nowhere else", () => {
    assert(
      property(steps, integer({ min: 0, max: 100 }), (history, chance) => {
        const { entries } = playSteps(
          history.map((step) => ({ ...step, isTwice: false, isReborn: false, isFailed: false, form: "both" as const })),
        );
        const gone = entries[chance % entries.length];
        const left = entries.filter((each) => each !== gone);
        const timeline = timelineOf(left.map(({ json }) => json));
        const own = entries.filter(({ place }) => place === gone?.place);
        const at = own.findIndex((each) => each === gone);
        const broken = timeline.gaps.filter(({ kind }) => kind === "broken-chain").map(({ resource }) => resource);
        // The first one has no etag before it that is known, and after the last one nothing is based on it.
        expect(broken).toEqual(at > 0 && at < own.length - 1 ? [gone?.place] : []);
        expect(timeline.gaps.every(({ resource }) => resource === gone?.place)).toBe(true);
      }),
      RUNS,
    );
  });

  test("a last entry that is missing differs from the end that was read", () => {
    assert(
      property(steps, (history) => {
        const { entries, end } = playSteps(
          history.map((step) => ({ ...step, isTwice: false, isReborn: false, isFailed: false, form: "both" as const })),
        );
        const gone = entries.at(-1);
        const made = timelineOf(entries.slice(0, -1).map(({ json }) => json));
        const read = new Map(
          [...end].map(([name, grants]): [string, ResourceState] => [name, stateOf(name, [...grants.keys()])]),
        );
        const gaps = compareEnd(made, read, "2026-11-01T00:00:00Z");
        expect(gaps.map(({ kind, resource }) => [kind, resource])).toEqual([["end-differs", gone?.place]]);
      }),
      RUNS,
    );
  });
});

function stateOf(name: string, keys: readonly string[]): ResourceState {
  const grants = keys.map((key) => {
    const [role, member, expression] = JSON.parse(key) as [string, string, string | null];
    return { role, member, condition: expression === null ? null : { title: "until", expression } };
  });
  return { resource: { level: "project", name }, grants: keyed(grants), etag: null, settings: null, at: null };
}
