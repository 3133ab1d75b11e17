import { whoCanCall } from "../../src/ask/who-can-call.ts";
import type { ProjectRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import type { LiveWorld } from "../drift/live-world.ts";
import { live, world } from "../drift/live-world.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { sourceOf, told } from "./asking.ts";

export const shop = matrix(`
services:
  checkout: {}
  billing: {}
callers: { oncall: { group: oncall@acme.example } }
trust:
  checkout -> billing: Charges
`);

/** A snapshot with something else in its one project. */
export function changed(snapshot: Snapshot, fields: Partial<ProjectRecord>): Snapshot {
  return { ...snapshot, projects: snapshot.projects.map((project) => ({ ...project, ...fields })) };
}

/** What is said of billing in a snapshot, with the exit that it makes. */
export function whole(snapshot: Snapshot, text = shop): readonly string[] {
  const { grid } = sourceOf(text, snapshot);
  const answer = whoCanCall(grid, "billing", undefined);
  const lines = (answer?.callers ?? []).map(({ caller, state, verdict }) => `${caller}: ${state} ${verdict}`);
  return [...lines, answer?.complete === true ? "complete" : "incomplete"];
}

/** The states of billing's callers, where billing and checkout run and these grants stand. */
export function billing(
  parts: LiveWorld & { readonly grants?: Parameters<typeof live>[1] },
  text = shop,
): readonly string[] {
  const { grants = [], ...others } = parts;
  const services = [live("checkout"), live("billing", grants)];
  const { grid } = sourceOf(text, world({ services, ...others }));
  return told(grid)
    .filter((line) => line.startsWith("billing"))
    .map((line) => line.replace("billing <- ", ""));
}
