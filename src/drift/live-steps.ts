import type { Row } from "../access/access.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import type { DriftContext } from "./drift-context.ts";

/** Who can call whom in the world as it is, by the names of the matrix. */
export interface LiveSteps {
  readonly all: readonly { readonly caller: string; readonly callee: string }[];
  /** What is behind a step: a surest row for each region. */
  readonly rowsOf: (caller: string, callee: string) => readonly Row[];
}

export function liveSteps({ live, rowsOf, names }: DriftContext): LiveSteps {
  const rows = new Map<string, Row[]>();
  const steps = new Map<string, { readonly caller: string; readonly callee: string }>();
  for (const { service, declared } of live) {
    if (declared === undefined) continue;
    for (const row of rowsOf(service)) {
      if (row.verdict === "denied") continue;
      const isPublic = row.principal === "allUsers" || row.principal === "allAuthenticatedUsers";
      for (const caller of isPublic ? [INTERNET] : names.namesOf(row.principal)) {
        if (caller === declared.key) continue;
        const key = `${caller} ${declared.key}`;
        const found = rows.get(key);
        if (found === undefined) rows.set(key, [row]);
        // A direct way says more than an indirect one.
        else if (found[0]?.ring === "indirect" && row.ring !== "indirect") rows.set(key, [row]);
        steps.set(key, { caller, callee: declared.key });
      }
    }
  }
  const sorted = [...steps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, step]) => step);
  return { all: sorted, rowsOf: (caller, callee) => rows.get(`${caller} ${callee}`) ?? [] };
}
