import { canonicalJson } from "../../words/canonical-json.ts";
import type { Clause, Matrix } from "../model/matrix.ts";
import type { World } from "../model/world.ts";

/** What a matrix says of one pair, and where. */
interface Grant {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly environments: string[];
}

/** The edges of a matrix between single names, by callee, then caller; sets and disjoint lists folded into one entry per pair. */
export function resolveTrust({ worlds }: Matrix): Readonly<Record<string, unknown>> {
  const pairs = new Map<
    string,
    { readonly caller: string; readonly callee: string; readonly grants: Map<string, Grant> }
  >();
  for (const { environment, edges } of worlds) {
    for (const { caller, callee, clause } of edges) {
      const key = `${callee} ${caller}`;
      const pair = pairs.get(key) ?? { caller, callee, grants: new Map<string, Grant>() };
      pairs.set(key, pair);
      const fields = fieldsOf(clause);
      const text = canonicalJson(fields);
      const grant = pair.grants.get(text) ?? { fields, environments: [] };
      pair.grants.set(text, grant);
      grant.environments.push(environment.name);
    }
  }
  const sorted = [...pairs.keys()].sort().map((key) => pairs.get(key));
  return Object.fromEntries(
    sorted.flatMap((pair) => (pair === undefined ? [] : [[`${pair.caller} -> ${pair.callee}`, entryOf(pair, worlds)]])),
  );
}

function entryOf(
  {
    caller,
    callee,
    grants,
  }: { readonly caller: string; readonly callee: string; readonly grants: ReadonlyMap<string, Grant> },
  worlds: readonly World[],
): unknown {
  const common = worlds.filter(
    ({ services, callers }) => services.has(callee) && (services.has(caller) || callers.has(caller)),
  );
  const list = [...grants.keys()].sort().map((text) => grants.get(text) as Grant);
  const [only] = list;
  if (list.length === 1 && only !== undefined && only.environments.length === common.length) {
    return Object.keys(only.fields).join() === "reason" ? only.fields["reason"] : only.fields;
  }
  return list.map(({ fields, environments }) => ({ environments, ...fields }));
}

function fieldsOf({
  place: _place,
  end: _end,
  environments: _environments,
  ...fields
}: Clause): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !key.startsWith("x-")));
}
