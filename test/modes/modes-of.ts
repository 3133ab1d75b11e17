import { viewLive } from "../../src/drift/view-live.ts";
import { listModes } from "../../src/modes/list-modes.ts";
import type { EnvironmentModes, ModesReport, RowPlace, ServiceModes } from "../../src/modes/modes-report.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { readMatrixFor } from "../drift/drift-of.ts";

/** What `matrix modes` says of a matrix, and perhaps a snapshot. */
export function modesOf(text: string, snapshot?: Snapshot): ModesReport {
  const finishedAt = snapshot?.finishedAt ?? "2026-11-22T12:00:00Z";
  const validated = readMatrixFor(text, { finishedAt } as Snapshot);
  const { matrix, name } = validated;
  if (matrix === undefined) throw new Error(JSON.stringify(validated.findings));
  const asOf = parseInstant(finishedAt) as Instant;
  const live = snapshot === undefined ? undefined : { snapshot, view: viewLive(snapshot, asOf) };
  return listModes({ matrix, name, worlds: matrix.worlds, live });
}

export function only({ environments }: ModesReport): EnvironmentModes {
  const [environment, ...others] = environments;
  if (environment === undefined || others.length > 0) throw new Error(JSON.stringify(environments));
  return environment;
}

export function serviceOf(report: ModesReport, name: string): ServiceModes {
  const service = only(report).services.find((each) => each.service === name);
  if (service === undefined) throw new Error(`no ${name}`);
  return service;
}

/** The one row of a service. */
export function placeOf(report: ModesReport, name: string): RowPlace {
  const [place, ...others] = serviceOf(report, name).row?.places ?? [];
  if (place === undefined || others.length > 0) throw new Error(`not one row: ${name}`);
  return place;
}
