import type { CellState } from "../../ask/grid.ts";
import type { Model } from "./model.ts";

export interface Filter {
  readonly search: string;
  readonly owner: string;
  readonly label: string;
  readonly rule: string;
  /** The one finding that is looked at. */
  readonly finding: number | null;
  /** Empty: every state but Google's own. */
  readonly states: ReadonlySet<CellState>;
}

/** What is shown: rows and columns by index, and the cells among them that were asked for. */
export interface Shown {
  readonly callers: readonly number[];
  readonly callees: readonly number[];
  /** Null where all were. */
  readonly lit: ReadonlySet<number> | null;
}

export const noFilter: Filter = { search: "", owner: "", label: "", rule: "", finding: null, states: new Set() };

export type Apply = (filter: Filter) => Shown;

/** Looks up once what every filter needs. */
export function createFilter(model: Model): Apply {
  const { data, text } = model;
  const searchOf = ({ id, facts }: (typeof data.callees)[number]): string =>
    [id, ...facts.map((fact) => text(fact[1]))].join(" ").toLowerCase();
  const calleeTexts = data.callees.map(searchOf);
  const callerTexts = data.callers.map(searchOf);
  const edgeTexts = data.edges.map(({ facts }) => facts.map((fact) => text(fact[1])).join(" ").toLowerCase());

  return (filter) => {
    const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (haystack: string): boolean => words.every((word) => haystack.includes(word));
    const isOf = (member: (typeof data.callees)[number]): boolean =>
      (filter.owner === "" || member.owner === filter.owner) &&
      (filter.label === "" || member.labels?.includes(filter.label) === true);
    const aboutFindings = filter.rule !== "" || filter.finding !== null;
    const aboutCells = aboutFindings || filter.states.size > 0;
    const asksFor = (finding: number): boolean =>
      (filter.finding === null || finding === filter.finding) &&
      (filter.rule === "" || data.findings[finding]?.rule === filter.rule);
    const isLit = ([callee, caller, state, edges, , findings]: (typeof data.cells)[number]): boolean =>
      (filter.states.size === 0 ? state !== "managed" : filter.states.has(state)) &&
      (!aboutFindings || findings.some(asksFor)) &&
      (isOf(model.callee(callee)) || isOf(model.caller(caller))) &&
      has(`${calleeTexts[callee]} ${callerTexts[caller]} ${edges.map((edge) => edgeTexts[edge]).join(" ")}`);
    const isOpen = words.length === 0 && filter.owner === "" && filter.label === "" && !aboutCells;

    const lit = new Set<number>();
    const callers = new Set<number>();
    const callees = new Set<number>();
    for (const [index, cell] of data.cells.entries()) {
      if (!isLit(cell)) continue;
      lit.add(index);
      callees.add(cell[0]);
      callers.add(cell[1]);
    }
    if (!aboutCells) {
      const joins = (set: Set<number>, list: readonly (typeof data.callees)[number][], texts: readonly string[]): void =>
        list.forEach((member, index) => {
          if (isOf(member) && has(texts[index] ?? "")) set.add(index);
        });
      joins(callees, data.callees, calleeTexts);
      joins(callers, data.callers, callerTexts);
    }
    if (aboutFindings && words.length === 0)
      for (const [index, { services }] of data.findings.entries())
        if (asksFor(index)) for (const callee of services) if (isOf(model.callee(callee))) callees.add(callee);
    // A finding about a service alone has no pair: whoever may call the service is its row.
    if (callers.size === 0)
      for (const callee of callees) for (const cell of model.cellsOfCallee(callee)) callers.add(model.cell(cell)[1]);
    return { callers: ordered(callers), callees: ordered(callees), lit: isOpen ? null : lit };
  };
}

function ordered(indexes: ReadonlySet<number>): readonly number[] {
  return [...indexes].sort((a, b) => a - b);
}
