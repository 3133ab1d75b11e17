import { cellLooks } from "../cell-looks.ts";
import type { CalleeData, CallerData, CellData, FactData, PageData } from "../page-data.ts";

/** The data of the page, with what is looked up often. */
export interface Model {
  readonly data: PageData;
  readonly text: (index: number) => string;
  readonly facts: (facts: readonly FactData[]) => readonly (readonly [label: string, text: string])[];
  readonly callee: (index: number) => CalleeData;
  readonly caller: (index: number) => CallerData;
  readonly cell: (index: number) => CellData;
  /** The cell of a pair; undefined where nothing is to be said. */
  readonly cellAt: (caller: number, callee: number) => number | undefined;
  readonly cellsOfCallee: (callee: number) => readonly number[];
  readonly cellsOfCaller: (caller: number) => readonly number[];
}

export function readModel(data: PageData): Model {
  const text = (index: number): string => data.strings[index] ?? "";
  const byPair = new Map<number, number>();
  const byCallee = data.callees.map((): number[] => []);
  const byCaller = data.callers.map((): number[] => []);
  for (const [index, [callee, caller]] of data.cells.entries()) {
    byPair.set(caller * data.callees.length + callee, index);
    byCallee[callee]?.push(index);
    byCaller[caller]?.push(index);
  }
  return {
    data,
    text,
    facts: (facts) => facts.map(([label, value]) => [text(label), text(value)]),
    callee: (index) => known(data.callees, index),
    caller: (index) => known(data.callers, index),
    cell: (index) => known(data.cells, index),
    cellAt: (caller, callee) => byPair.get(caller * data.callees.length + callee),
    cellsOfCallee: (callee) => byCallee[callee] ?? [],
    cellsOfCaller: (caller) => byCaller[caller] ?? [],
  };
}

/** What is to be thought of a pair, as a sentence that stands alone. */
export function pairSentence(model: Model, caller: number, callee: number): string {
  const pair = `${model.caller(caller).id} to ${model.callee(callee).id}`;
  const index = model.cellAt(caller, callee);
  if (index === undefined) return `${pair}: nothing${model.data.hasLive ? ", neither declared nor live" : " declared"}`;
  const [, , state, , , findings] = model.cell(index);
  const found = findings.length === 0 ? "" : findings.length === 1 ? "; 1 finding" : `; ${findings.length} findings`;
  const { name, meaning } = cellLooks[state];
  return `${pair}: ${name}, ${meaning}${found}`;
}

function known<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing stands at ${index}`);
  return found;
}
