import { expect } from "vitest";
import type { Access } from "../../../src/access/access.ts";
import { evaluateAccess } from "../../../src/access/evaluate-access.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { type Example, lineOf } from "../../access/example.ts";
import { examples } from "../../access/examples.ts";
import { naiveAccess, type PlainAccess } from "../../access/naive/naive-access.ts";
import { linesOfGaps, linesOfOddGrants, plainAccess } from "../../access/plain-access.ts";
import { NOON } from "../../access/tiny-world.ts";

/** Each sentence of a section of docs/semantics.md, as it stands there, with the test that holds it. */
export type Claims = Readonly<Record<string, () => void | Promise<void>>>;

/** Who can invoke what in a world, all rings. Both evaluators must say so. */
export function accessOf(snapshot: Snapshot): Access {
  const access = evaluateAccess(snapshot, { asOf: NOON, indirect: "all" });
  expect(comparable(plainAccess(access))).toEqual(comparable(naiveAccess(snapshot, NOON, "all")));
  return access;
}

/** No text says which services hang on the record of an account, so that gaps are compared without them. */
function comparable({ services, rows, oddGrants, unread }: PlainAccess): unknown {
  const unreadThings = unread.map(({ what, resource }) => `${what} ${resource}`).toSorted();
  return { services: services.toSorted(), rows, oddGrants, unreadThings };
}

/** Exactly these rows are there, in any order. */
export function holds(snapshot: Snapshot, ...rows: readonly string[]): void {
  expect(accessOf(snapshot).rows.map(lineOf).toSorted()).toEqual(rows.toSorted());
}

/** Exactly these rows of the direct ring are there, without the ring's name. */
export function lets(snapshot: Snapshot, ...rows: readonly string[]): void {
  const found = accessOf(snapshot).rows.filter(({ ring }) => ring === "direct");
  expect(found.map((row) => lineOf(row).slice("direct ".length)).toSorted()).toEqual(rows.toSorted());
}

/** Exactly these principals can come to invoke, each `allowed` where nothing else is said. */
export function leads(snapshot: Snapshot, ...principals: readonly string[]): void {
  const found = accessOf(snapshot).rows.filter(({ ring }) => ring === "indirect");
  const lines = found.map(({ principal, verdict }) => (verdict === "allowed" ? principal : `${principal} ${verdict}`));
  expect(lines.toSorted()).toEqual(principals.toSorted());
}

/** Exactly these odd grants are there: `oddity member`. */
export function odd(snapshot: Snapshot, ...lines: readonly string[]): void {
  expect(linesOfOddGrants(plainAccess(accessOf(snapshot)))).toEqual(lines.toSorted());
}

/** Services hang on exactly these things that were not read: `what resource`. */
export function gaps(snapshot: Snapshot, ...lines: readonly string[]): void {
  expect(linesOfGaps(plainAccess(accessOf(snapshot)))).toEqual(lines.toSorted());
}

/** Examples of both evaluators, by name. */
export function example(...names: readonly string[]): void {
  for (const name of names) {
    const { snapshot, rows, odd: oddities, unread } = named(name);
    holds(snapshot, ...rows);
    if (oddities !== undefined) odd(snapshot, ...oddities);
    if (unread !== undefined) gaps(snapshot, ...unread);
  }
}

function named(name: string): Example {
  const found = examples.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no example "${name}"`);
  return found;
}
