import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rowMembers } from "../../src/matrix/model/row-members.ts";
import type { RawDocument } from "../synth/document.ts";
import { NOON } from "../synth/arbitrary-documents.ts";
import { parseInstant, type Instant } from "../../src/time/instant.ts";
import { arbitraryChange } from "./arbitrary-change.ts";
import { diffOf, versionOf } from "./versions-of.ts";

// What diff says of a change, against what the rows of both versions hold.

const noon = parseInstant(NOON) as Instant;
/** Made once: to make a change that can be used takes longer than to judge it. */
const changes = fc.sample(arbitraryChange, { numRuns: 40, seed: 20261122 });

/**
 * Who may invoke what by a matrix: resource and principal, whatever name either has in the file. The agent of Identity-Aware
 * Proxy is told of services that the other version has as well and does not open to everybody: what it lets in is told
 * by itself.
 */
function grantsOf(document: RawDocument, other: RawDocument): ReadonlySet<string> {
  const { matrix } = versionOf(document, noon);
  const others = new Map(versionOf(other, noon).matrix.worlds.map((world) => [world.environment.name, world.services]));
  const grants = matrix.worlds.flatMap((world) => {
    const rows = rowMembers(world, noon);
    const isTold = (key: string): boolean => {
      const there = others.get(world.environment.name)?.get(key);
      return there !== undefined && there.stage !== "gone" && there.public === undefined;
    };
    const direct = [...rows].flatMap(([key, members]) =>
      members.flatMap(({ principal, why }) => (why === "iap agent" && !isTold(key) ? [] : [[key, principal] as const])),
    );
    const throughIap = world.holding.flatMap(({ caller, callee, clause }) =>
      clause.through === "iap" ? [[callee, `iap ${caller}`] as const] : [],
    );
    const open = [...world.services.values()].flatMap((service) =>
      service.public?.via === "no-invoker-check" && ["live", "planned"].includes(service.stage)
        ? [[service.key, "allUsers"] as const]
        : [],
    );
    return [...direct, ...throughIap, ...open].flatMap(([key, principal]) => {
      const service = world.services.get(key);
      if (service === undefined) throw new Error(`a row of no service: ${key}`);
      return service.regions.map((region) =>
        [world.environment.name, service.kind, service.project.id, region, service.name, principal].join(" "),
      );
    });
  });
  return new Set(grants);
}

test("whatever a change lets somebody call, it broadens", () => {
  const seen = { broadens: 0, narrows: 0, neutral: 0 };
  for (const { before, after } of changes) {
    const [old, now] = [grantsOf(before, after), grantsOf(after, before)];
    const { impact } = diffOf(before, after, noon);
    seen[impact]++;
    const gained = [...now].filter((grant) => !old.has(grant));
    if (gained.length > 0) expect({ impact, gained }).toEqual({ impact: "broadens", gained });
    const lost = [...old].filter((grant) => !now.has(grant));
    if (lost.length > 0) expect({ impact, lost }).not.toEqual({ impact: "neutral", lost });
  }
  expect(Math.min(seen.broadens, seen.narrows, seen.neutral)).toBeGreaterThan(0);
});

test("an edge more never narrows, loses no reach; an edge less never broadens, gains none", () => {
  for (const [at, { before: full }] of changes.slice(0, 25).entries()) {
    const keys = Object.keys(full.trust ?? {});
    const { [keys[at % keys.length] ?? ""]: _edge, ...trust } = full.trust ?? {};
    const without = { ...full, trust };
    const more = diffOf(without, full, noon);
    expect(more.impact).not.toBe("narrows");
    expect(more.changes.map(({ impact }) => impact)).not.toContain("narrows");
    expect(more.reach.lostTotal).toBe(0);
    const less = diffOf(full, without, noon);
    expect(less.changes.map(({ impact }) => impact)).not.toContain("broadens");
    expect(less.reach.gainedTotal).toBe(0);
  }
});

test("no change: nothing to say", () => {
  for (const { after } of changes.slice(0, 12)) {
    expect(diffOf(after, after, noon)).toMatchObject({
      changed: false,
      impact: "neutral",
      changes: [],
      findings: [],
      approvers: [],
      reach: { gained: [], lost: [] },
    });
  }
});
