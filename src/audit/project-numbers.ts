import { formatInstant } from "../time/instant.ts";
import { type AuditEntry, resourceName } from "./audit-entry.ts";
import type { OrderGap } from "./order-entries.ts";

/** The ids of projects by their numbers, as entries tell that have both: one in a name, the other in a label. */
export function numbersIn(entries: readonly AuditEntry[]): readonly (readonly [string, string])[] {
  return entries.flatMap((entry) => {
    const number = numberIn(resourceName(entry));
    return number === undefined || entry.project === null ? [] : [[number, entry.project] as const];
  });
}

/**
 * Entries by the names that policies have: Identity-Aware Proxy writes the number of a project, all others its id. A
 * project of which only the number is known may be any, and is a gap.
 * @param ids by number
 */
export function nameProjects(
  entries: readonly AuditEntry[],
  ids: ReadonlyMap<string, string>,
): {
  readonly entries: readonly AuditEntry[];
  readonly gaps: readonly OrderGap[];
} {
  const numbers = new Map([...ids].map(([number, id]) => [id, number]));
  const strangers = new Map<string, AuditEntry>();
  const named = entries.map((entry): AuditEntry => {
    const { effect } = entry;
    if (effect.kind === "other") return entry;
    const { level, name } = effect.resource;
    const [collection, project = "", ...rest] = name.split("/");
    if (collection !== "projects") return entry;
    const isNumber = /^\d+$/.test(project);
    if (isNumber && !ids.has(project)) strangers.set(project, strangers.get(project) ?? entry);
    const wanted = (level === "iap" ? (isNumber ? undefined : numbers) : ids)?.get(project);
    if (wanted === undefined) return entry;
    const resource = { level, name: ["projects", wanted, ...rest].join("/") };
    return { ...entry, effect: { ...effect, resource } };
  });
  const gaps = [...strangers].map(([number, { at, method, id }]): OrderGap => ({
    at,
    gap: {
      kind: "not-understood",
      resource: `projects/${number}`,
      from: formatInstant(at),
      to: null,
      message: `${method} of ${formatInstant(at)} (${id.insertId}) names a project by its number alone: which one it is, is not known`,
      help: "write the numbers of the projects into the matrix, or give a snapshot",
    },
  }));
  return { entries: named, gaps };
}

function numberIn(name: string): string | undefined {
  return /^projects\/(\d+)(?:\/|$)/.exec(name)?.[1];
}
