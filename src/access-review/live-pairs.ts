import type { Grid } from "../ask/grid.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { LivePair, OtherAccess } from "./review-report.ts";
import type { ReviewRow } from "./review-rows.ts";

/** What a snapshot says of the rows of one environment. */
export interface LiveReview {
  /** Undefined where the row is not in that environment. */
  readonly pairsOf: (row: ReviewRow) => readonly LivePair[] | undefined;
  /** What is live and nobody declared, by the service's owner; null where the matrix does not name the service, or its owner. */
  readonly undeclared: readonly { readonly owner: string | null; readonly access: OtherAccess }[];
}

export function liveReview(grid: Grid, snapshot: Snapshot): LiveReview {
  const cells = new Map(grid.cells.map((cell) => [JSON.stringify([cell.caller, cell.callee]), cell]));
  const authenticated = new Map(
    snapshot.accounts.map(({ email, lastAuthenticated }) => [
      `serviceAccount:${email}`,
      lastAuthenticated === undefined ? null : (valueOf(lastAuthenticated) ?? null),
    ]),
  );
  return {
    pairsOf: ({ pairs }) => {
      const here = pairs.filter(({ environment }) => environment === grid.environment);
      if (here.length === 0) return undefined;
      return here.map(({ caller, callee, principal }) => {
        const cell = cells.get(JSON.stringify([caller, callee]));
        return {
          caller,
          callee,
          state: cell?.state ?? "declared",
          findings: cell?.findings.length ?? 0,
          lastAuthenticated: authenticated.get(principal ?? "") ?? null,
        };
      });
    },
    undeclared: undeclared(grid),
  };
}

function undeclared({ cells, callees, environment }: Grid): LiveReview["undeclared"] {
  const owners = new Map(callees.map(({ id, owner }) => [id, owner]));
  const open = cells.filter(({ state, edges }) => state === "undeclared" && edges.length === 0);
  return [...groupBy(open, ({ callee }) => callee)].flatMap(([callee, own]) =>
    own
      .map(({ caller }) => `${caller} -> ${callee}`)
      .sort(compareText)
      .map((what) => ({
        owner: owners.get(callee) ?? null,
        access: {
          kind: "undeclared" as const,
          what,
          environments: [environment],
          reason: null,
          expires: null,
          hasEnded: false,
        },
      })),
  );
}
