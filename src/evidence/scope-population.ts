import type { World } from "../matrix/model/world.ts";
import type { ScopeRecord, Snapshot } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { callsFor } from "./calls-for.ts";
import type { ScopeLevel, ScopePart } from "./statement.ts";

/** Which projects the scope holds by Google's own lists, and which of them the matrix names. */
export function scopePopulation(snapshot: Snapshot, { environment }: World): ScopePart {
  const asked = [...new Set([...snapshot.asked.scope, ...environment.scope])].sort(compareText);
  const records = new Map(snapshot.scopes.map((record) => [record.resource, record]));
  const levels = asked.map((resource) => levelOf(resource, records.get(resource)));
  const lists = levels.filter(({ calls }) => calls !== null);
  const listed = new Set(lists.flatMap(({ projects }) => projects));
  // Below a level that was not read in full, any project may lie.
  const isKnown = lists.length > 0 && lists.every(({ status }) => status === "read");
  const named = new Set(environment.projects.map(({ id }) => id));
  const read = new Map(snapshot.projects.map(({ project, services }) => [project, services.status === "read"]));
  const all = [...new Set([...listed, ...named, ...read.keys(), ...levels.flatMap(({ projects }) => projects)])];
  return {
    asked,
    levels,
    projects: all.sort(compareText).map((project) => ({
      project,
      inScope: listed.has(project) ? true : isKnown ? false : null,
      named: named.has(project),
      read: read.get(project) === true,
    })),
    independence: independenceOf(levels),
  };
}

function independenceOf(levels: readonly ScopeLevel[]): ScopePart["independence"] {
  if (levels.length > 0 && levels.every(({ calls, status }) => calls !== null && status === "read")) return "all";
  return levels.some(({ status }) => status === "read" || status === "partial") ? "some" : "none";
}

function levelOf(resource: string, record: ScopeRecord | undefined): ScopeLevel {
  const [, project] = /^projects\/(.+)$/.exec(resource) ?? [];
  if (project !== undefined) return { resource, calls: null, status: "not asked", reason: null, projects: [project] };
  const calls = callsFor("projects in the scope", "folders in the scope");
  if (record === undefined)
    return { resource, calls, status: "not asked", reason: "the snapshot was not made for it", projects: [] };
  const { status } = record.projects;
  return {
    resource,
    calls,
    status,
    reason: "reason" in record.projects ? record.projects.reason : null,
    projects: "value" in record.projects ? record.projects.value.toSorted(compareText) : [],
  };
}
