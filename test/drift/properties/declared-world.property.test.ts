import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Hop } from "../../../src/access/access.ts";
import type { DriftFinding } from "../../../src/drift/drift-report.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import type { World } from "../../../src/matrix/model/world.ts";
import { text } from "../../../src/report/drift/text.ts";
import type { Binding, Policy, Reading, Snapshot } from "../../../src/snapshot/snapshot.ts";
import { arbitraryDocument, NOON } from "../../synth/arbitrary-documents.ts";
import { validate } from "../../synth/synthesize.ts";
import { appliedWorld, read } from "./applied-world.ts";
import { compare } from "./compare.ts";

const SEED = 20261122;

/** What a matrix may say of itself that stays true of the applied world. */
const declaredTroubles: ReadonlySet<string> = new Set(["shared-runtime-account"]);

interface Applied {
  readonly matrix: Matrix;
  readonly world: World;
  readonly snapshot: Snapshot;
}

/** Matrices with the world that each makes, one environment at a time. */
const applied: fc.Arbitrary<Applied> = fc.tuple(arbitraryDocument, fc.nat()).map(([document, which]) => {
  const { matrix } = validate(JSON.stringify(document), NOON);
  const world = matrix?.worlds[which % Math.max(1, matrix.worlds.length)];
  if (matrix === undefined || world === undefined) throw new Error("the generator makes whole documents");
  return { matrix, world, snapshot: appliedWorld(matrix, world), [fc.toStringMethod]: () => JSON.stringify(document) };
});

test("what synth writes, applied to a world that has its services deployed, has no drift", () => {
  let rows = 0;
  fc.assert(
    fc.property(applied, ({ matrix, world, snapshot }) => {
      const report = compare(matrix, world, snapshot);
      rows += report.access.filter(({ declared }) => declared).length;
      expect(report.findings.filter(({ rule }) => !declaredTroubles.has(rule)).map(shown)).toEqual([]);
      expect(report.complete).toBe(true);
      expect(report.summary.undeclared).toBe(0);
    }),
    { numRuns: 36, seed: SEED },
  );
  expect(rows).toBeGreaterThan(180);
});

test("any one grant that is added is named by every finding that appears, and by one at least", () => {
  let found = 0;
  fc.assert(
    fc.property(applied, grant, (before, added) => {
      const { matrix, world, snapshot } = before;
      const place = placeOf(snapshot, added);
      if (place === undefined) return;
      const changed = addGrant(snapshot, place, added);
      const known = new Set(compare(matrix, world, snapshot).findings.map(({ fingerprint }) => fingerprint));
      const report = compare(matrix, world, changed);
      const appeared = report.findings.filter(({ fingerprint }) => !known.has(fingerprint));
      for (const finding of appeared) expect(names(finding, place, added), shown(finding)).toBe(true);
      const opens = report.access.some(({ paths }) =>
        paths.some(({ declared, hops }) => !declared && isGrant(hops[0], place, added)),
      );
      if (opens) expect(appeared.length).toBeGreaterThan(0);
      found += appeared.length;
    }),
    { numRuns: 48, seed: SEED },
  );
  expect(found).toBeGreaterThan(25);
});

test("a world of which one read did not succeed is never clean", () => {
  fc.assert(
    fc.property(
      applied,
      fc.nat(),
      fc.constantFrom("denied", "failed", "partial"),
      ({ matrix, world, snapshot }, which, status) => {
        const changed = breakOne(snapshot, which, status);
        const report = compare(matrix, world, changed);
        expect(report.complete).toBe(false);
        expect(report.unread.length).toBeGreaterThan(0);
        const shownText = text(report, {
          color: false,
          width: 100,
          quiet: false,
          verbose: false,
          failOn: "error",
          rules: [],
          version: "0.0.0",
        });
        expect(shownText).not.toMatch(/no drift|clean|no findings/i);
      },
    ),
    { numRuns: 48, seed: SEED },
  );
});

interface Added {
  readonly role: string;
  readonly member: string;
  readonly where: number;
}

const grant: fc.Arbitrary<Added> = fc.record({
  role: fc.constantFrom(
    "roles/run.invoker",
    "roles/run.invoker",
    "roles/run.servicesInvoker",
    "roles/run.developer",
    "roles/editor",
    "roles/viewer",
    "roles/iap.httpsResourceAccessor",
  ),
  member: fc.constantFrom(
    "user:mallory@evil.example",
    "group:everybody@acme.com",
    "serviceAccount:spy@evil.iam.gserviceaccount.com",
    "serviceAccount:web-sa@acme-prod.iam.gserviceaccount.com",
    "domain:acme.com",
    "allUsers",
    "allAuthenticatedUsers",
    "user:ana@acme.com",
    "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s",
    "deleted:user:gone@acme.com?uid=1",
  ),
  where: fc.nat(),
});

/** A project, or a service: as a way into the snapshot. */
type Place = {
  readonly resource: string;
  readonly project: number;
  readonly service?: number;
  readonly list?: "services" | "jobs";
};

function placeOf(snapshot: Snapshot, { where }: Added): Place | undefined {
  const places = snapshot.projects.flatMap(({ project: id, services, jobs }, project): readonly Place[] => [
    { resource: `projects/${id}`, project },
    ...(["services", "jobs"] as const).flatMap((list) => {
      const reading = list === "services" ? services : jobs;
      const records = "value" in reading ? reading.value : [];
      return records.map(({ region, name }, service) => ({
        resource: `projects/${id}/locations/${region}/${list}/${name}`,
        project,
        service,
        list,
      }));
    }),
  ]);
  return places[where % Math.max(1, places.length)];
}

function addGrant(snapshot: Snapshot, { resource, project, service, list }: Place, { role, member }: Added): Snapshot {
  const extend = (policy: Reading<Policy>): Reading<Policy> => {
    const bindings: readonly Binding[] = "value" in policy ? policy.value.bindings : [];
    return read({ bindings: [...bindings, { role, members: [member] }] });
  };
  if (list === undefined) {
    return {
      ...snapshot,
      containers: snapshot.containers.map((each) =>
        each.resource === resource ? { ...each, policy: extend(each.policy) } : each,
      ),
    };
  }
  return {
    ...snapshot,
    projects: snapshot.projects.map((each, at) => {
      const reading = each[list];
      if (at !== project || !("value" in reading)) return each;
      const records = reading.value.map((record, index) =>
        index === service ? { ...record, policy: extend(record.policy) } : record,
      );
      return { ...each, [list]: read(records) };
    }),
  };
}

function isGrant(hop: Hop | undefined, { resource }: Place, { role, member }: Added): boolean {
  return hop !== undefined && hop.resource === resource && hop.role === role && hop.member === member;
}

function names({ paths }: DriftFinding, place: Place, added: Added): boolean {
  return paths.some(({ hops }) => hops.some((hop) => isGrant(hop, place, added)));
}

function shown({ rule, severity, message }: DriftFinding): string {
  return `${severity}[${rule}] ${message}`;
}

/** The snapshot with one of its readings gone: whichever number it is. */
function breakOne(snapshot: Snapshot, which: number, status: "denied" | "failed" | "partial"): Snapshot {
  const copy = structuredClone(snapshot);
  const readings: { status: string; value?: unknown; reason?: string }[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("status" in node && "value" in node) readings.push(node as (typeof readings)[number]);
    for (const part of Object.values(node)) collect(part);
  };
  // Accounts elsewhere lie outside the scope, and roles that no policy names decide nothing.
  collect([copy.containers, copy.projects]);
  const chosen = readings[which % readings.length];
  if (chosen === undefined) throw new Error("a snapshot has readings");
  chosen.status = status;
  chosen.reason = "403";
  if (status !== "partial") delete chosen.value;
  return copy;
}
