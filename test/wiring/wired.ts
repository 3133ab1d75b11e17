import { viewLive } from "../../src/drift/view-live.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { parseInstant, type Instant } from "../../src/time/instant.ts";
import { wireCaller, type WiringQuestion } from "../../src/wiring/wire-caller.ts";
import type { Call, Endpoint, WiredCaller } from "../../src/wiring/wiring-report.ts";
import { readMatrixFor, worldOf } from "../drift/drift-of.ts";

/** The moment at which a test without a snapshot judges. */
const NOW = "2026-11-22T12:00:00Z";

/** A matrix and perhaps a snapshot of its environment, ready to be asked. */
export function ask(text: string, snapshot?: Snapshot, at = snapshot?.finishedAt ?? NOW): WiringQuestion {
  const validated = readMatrixFor(text, { finishedAt: at } as Snapshot);
  const { matrix, name } = validated;
  if (matrix === undefined) throw new Error(JSON.stringify(validated.findings));
  const asOf = parseInstant(at) as Instant;
  return {
    matrix,
    name,
    world: worldOf(validated),
    live: snapshot === undefined ? undefined : viewLive(snapshot, asOf),
    numbers: new Map(),
    tokenFile: undefined,
  };
}

/** What one service or caller must be configured with. */
export function wired(key: string, question: WiringQuestion): WiredCaller {
  const caller = question.world.services.get(key) ?? question.world.callers.get(key);
  const [only] = caller === undefined ? [] : wireCaller(caller, question).callers;
  if (only === undefined) throw new Error(`no ${key}`);
  return only;
}

/** The call of a caller to a callee. */
export function callTo(callee: string, caller: WiredCaller): Call {
  const call = caller.calls?.find((each) => each.callee === callee);
  if (call === undefined) throw new Error(`${caller.key} does not call ${callee}`);
  return call;
}

/** The one endpoint of a call. */
export function endpointOf({ endpoints }: Call): Endpoint {
  const [endpoint, ...others] = endpoints;
  if (endpoint === undefined || others.length > 0) throw new Error(JSON.stringify(endpoints));
  return endpoint;
}
