import type { CellState } from "../../ask/grid.ts";

/** How an answer speaks of a state. */
export interface StateWords {
  /** Of a section. */
  readonly title: string;
  /** Of a number of callers: `2 undeclared`. */
  readonly tally: string;
}

/** Every state in the order in which answers tell of it. */
export const stateWords = {
  public: { title: "open to everybody, as declared", tally: "open to everybody" },
  agreed: { title: "declared and live", tally: "as declared" },
  declared: { title: "declared", tally: "declared" },
  undeclared: { title: "live, and not declared", tally: "undeclared" },
  missing: { title: "declared, and may not call everywhere", tally: "missing" },
  beyond: { title: "declared, and live by more or other than that", tally: "beyond what is declared" },
  unsure: { title: "declared, and it is not sure that it may call", tally: "unsure" },
  conditional: { title: "perhaps, and not declared", tally: "perhaps" },
  unknown: { title: "unknown, and not declared", tally: "unknown" },
  accepted: { title: "not declared, and accepted by an exception", tally: "accepted" },
  inherited: { title: "from above, as declared under inherited", tally: "inherited" },
  expired: { title: "was declared, and is no more", tally: "expired" },
  managed: { title: "agents of Google at their work", tally: "agents of Google" },
} as const satisfies Readonly<Record<CellState, StateWords>>;

// The keys of a record are strings to the language; here they are the states.
export const statesInOrder = Object.keys(stateWords) as readonly CellState[];

/** `1 as declared, 2 undeclared`; agents of Google are not counted. */
export function tallyStates(states: readonly CellState[], nothing: string): string {
  const parts = statesInOrder.flatMap((state) => {
    const number = states.filter((each) => each === state).length;
    if (number === 0 || state === "managed") return [];
    return state === "public" ? [stateWords[state].tally] : [`${number} ${stateWords[state].tally}`];
  });
  return parts.length === 0 ? nothing : parts.join(", ");
}
