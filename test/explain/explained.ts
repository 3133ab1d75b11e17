import { unknownApply } from "../../src/drift/applied.ts";
import { compareLive } from "../../src/drift/compare-live.ts";
import { viewLive } from "../../src/drift/view-live.ts";
import { askLive } from "../../src/ask/ask-live.ts";
import { explainAccess, type ExplainQuestion } from "../../src/ask/explain/explain-access.ts";
import type { ExplainReport } from "../../src/ask/explain/explain-report.ts";
import { findCallee, findCaller } from "../../src/ask/find-name.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { treeOf } from "../matrix/in-memory.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { worldOf } from "../drift/drift-of.ts";

/** A shop of two: the web calls pay, and other calls nobody. */
export const shop = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
services:
  web: { description: The shop }
  pay: { description: Takes money }
  other: { description: Something else }
trust:
  web -> pay: { reason: Charges the card, ticket: SEC-1, reviewed: 2026-10-01 }
`;

export interface Asking {
  readonly caller?: string;
  readonly callee?: string;
  readonly status?: ExplainQuestion["status"];
  readonly audience?: string;
  readonly snapshot?: Snapshot;
  readonly matrix?: string;
  readonly history?: ExplainQuestion["history"];
  readonly asOf?: string;
}

/** A world in which a cause is found, and one in which it is not. */
export interface Fixture {
  readonly bad: Asking;
  readonly likelihood: "certain" | "likely" | "possible";
  /** Part of the evidence. */
  readonly says: RegExp;
  readonly fix: RegExp;
  /** Where it is not found, though somebody asks; by default where all is well. */
  readonly good?: Asking;
}

/** Asks why the web may call pay, or what else is asked. */
export function explained(asking: Asking): ExplainReport {
  const {
    caller = "web",
    callee = "pay",
    status = null,
    audience,
    snapshot,
    matrix: text = shop,
    history = null,
  } = asking;
  const asOf = parseInstant(asking.asOf ?? snapshot?.finishedAt ?? "2026-11-22T12:00:00Z") as Instant;
  const validated = validateMatrix(treeOf({ "matrix.yaml": text }), "matrix.yaml", asOf);
  if ("problem" in validated) throw new Error(validated.problem);
  const { matrix, name, locate } = validated;
  const world = worldOf(validated);
  if (matrix === undefined) throw new Error("no matrix");
  const drift =
    snapshot === undefined
      ? null
      : compareLive({ matrix, name, world, snapshot, indirect: true, applied: unknownApply, locate });
  const asked = askLive(drift, world, snapshot ?? null);
  const live =
    snapshot === undefined || asked.drift === null ? null : { ...asked, snapshot, view: viewLive(snapshot, asOf) };
  const names = { matrix, world, drift: asked.drift };
  const from = findCaller(caller, names);
  const to = findCallee(callee, names);
  if (typeof from !== "string" || typeof to !== "string") throw new Error(JSON.stringify([from, to]));
  return explainAccess({ matrix, name, world, locate, live, caller: from, callee: to, status, audience, history });
}
