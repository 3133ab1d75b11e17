import type { CellState } from "../../ask/grid.ts";
import type { CalleeData, CallerData, CellData } from "../page-data.ts";
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

export const noFilter: Filter = { search: "", owner: "", label: "", rule: "", finding: null, states: new Set() };

/** What is shown: rows and columns by index, and the cells among them that were asked for. */
export interface Shown {
  readonly callers: readonly number[];
  readonly callees: readonly number[];
  /** How many cells were asked for. */
  readonly lit: number;
  /** Whether nothing is filtered but Google's own agents. */
  readonly isAll: boolean;
  readonly isLit: (cell: number) => boolean;
}

interface Texts {
  readonly callees: readonly string[];
  readonly callers: readonly string[];
  readonly edges: readonly string[];
}

/** Looks up once what every filter needs. */
export function createFilter(model: Model): (filter: Filter) => Shown {
  const { data, text } = model;
  const searchOf = ({ id, facts }: CalleeData | CallerData): string =>
    [id, ...facts.map((fact) => text(fact[1]))].join(" ").toLowerCase();
  const texts: Texts = {
    callees: data.callees.map(searchOf),
    callers: data.callers.map(searchOf),
    edges: data.edges.map(({ facts }) =>
      facts
        .map((fact) => text(fact[1]))
        .join(" ")
        .toLowerCase(),
    ),
  };
  return (filter) => applyFilter(model, texts, filter);
}

function applyFilter(model: Model, texts: Texts, filter: Filter): Shown {
  const { data } = model;
  const ask = questionsOf(model, texts, filter);
  const lit = new Set<number>();
  const callers = new Set<number>();
  const callees = new Set<number>();
  for (const [index, cell] of data.cells.entries()) {
    if (!ask.isLit(cell)) continue;
    lit.add(index);
    callees.add(cell[0]);
    callers.add(cell[1]);
  }
  if (!ask.aboutCells) {
    for (const [index, callee] of data.callees.entries())
      if (ask.isMatch(callee, texts.callees[index])) callees.add(index);
    for (const [index, caller] of data.callers.entries()) {
      const isAgent = caller.isForeign === true && !model.cellsOfCaller(index).some((cell) => lit.has(cell));
      if (!isAgent && ask.isMatch(caller, texts.callers[index])) callers.add(index);
    }
  }
  if (ask.aboutFindings)
    for (const [index, { services }] of data.findings.entries())
      if (ask.isAsked(index))
        for (const callee of services)
          if (ask.isMatch(model.callee(callee), texts.callees[callee])) callees.add(callee);
  // A finding about a service alone has no pair: whoever may call the service is its row.
  if (callers.size === 0)
    for (const callee of callees) for (const cell of model.cellsOfCallee(callee)) callers.add(model.cell(cell)[1]);
  return {
    callers: ordered(callers),
    callees: ordered(callees),
    lit: lit.size,
    isAll: ask.isOpen,
    isLit: (cell) => lit.has(cell),
  };
}

/** What a filter asks of cells, and of services and callers. */
function questionsOf(model: Model, texts: Texts, filter: Filter) {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string): boolean => words.every((word) => text.includes(word));
  const isOf = (member: CalleeData | CallerData): boolean =>
    (filter.owner === "" || member.owner === filter.owner) &&
    (filter.label === "" || member.labels?.includes(filter.label) === true);
  const aboutFindings = filter.rule !== "" || filter.finding !== null;
  const aboutCells = aboutFindings || filter.states.size > 0;
  const isAsked = (finding: number): boolean =>
    (filter.finding === null || finding === filter.finding) &&
    (filter.rule === "" || model.data.findings[finding]?.rule === filter.rule);
  const isLit = ([callee, caller, state, edges, , findings]: CellData): boolean =>
    // A finding may be about one of Google's own; else they are left out until they are asked for.
    (filter.states.size === 0 ? state !== "managed" || aboutFindings : filter.states.has(state)) &&
    (!aboutFindings || findings.some(isAsked)) &&
    (isOf(model.callee(callee)) || isOf(model.caller(caller))) &&
    has(`${texts.callees[callee]} ${texts.callers[caller]} ${edges.map((edge) => texts.edges[edge]).join(" ")}`);
  return {
    aboutFindings,
    aboutCells,
    isOpen: words.length === 0 && filter.owner === "" && filter.label === "" && !aboutCells,
    isAsked,
    isLit,
    isMatch: (member: CalleeData | CallerData, text = ""): boolean => isOf(member) && has(text),
  };
}

function ordered(indexes: ReadonlySet<number>): readonly number[] {
  return [...indexes].sort((a, b) => a - b);
}
