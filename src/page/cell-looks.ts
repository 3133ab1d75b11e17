import type { CellState } from "../ask/grid.ts";

export interface CellLook {
  /** Told apart by itself, in print and without colour. */
  readonly glyph: string;
  readonly name: string;
  /** What it says of a pair: `CALLER may call CALLEE` is put before it where it fits. */
  readonly meaning: string;
  /** How much it asks for attention: it picks the colour. */
  readonly tone: "bad" | "warn" | "doubt" | "good" | "quiet" | "open";
}

/** How the states of a cell are shown: what asks for attention first. The order of the legend. */
export const cellLooks = {
  undeclared: { glyph: "!", name: "undeclared", meaning: "may call, and nobody said so", tone: "bad" },
  missing: { glyph: "×", name: "missing", meaning: "is declared, and may not call", tone: "bad" },
  beyond: {
    glyph: "±",
    name: "beyond",
    meaning: "is declared, and may call by more or other than that",
    tone: "warn",
  },
  expired: { glyph: "†", name: "expired", meaning: "was declared, and is no more", tone: "warn" },
  conditional: {
    glyph: "~",
    name: "conditional",
    meaning: "may perhaps call, under a condition or by taking on another identity first; nobody said so",
    tone: "warn",
  },
  unknown: { glyph: "?", name: "unknown", meaning: "may perhaps call, which could not be read", tone: "doubt" },
  unsure: {
    glyph: "◐",
    name: "not read",
    meaning: "is declared, and whether it is so could not be read",
    tone: "doubt",
  },
  public: { glyph: "◎", name: "public", meaning: "may call, as everybody may, and is meant to", tone: "open" },
  accepted: {
    glyph: "✓",
    name: "accepted",
    meaning: "may call, undeclared, and an exception accepts it",
    tone: "quiet",
  },
  inherited: { glyph: "↑", name: "inherited", meaning: "may call by a grant from above, as declared", tone: "good" },
  agreed: { glyph: "●", name: "agreed", meaning: "may call, as declared", tone: "good" },
  declared: {
    glyph: "○",
    name: "declared",
    meaning: "is declared to call; nothing live was compared with it",
    tone: "good",
  },
  managed: { glyph: "g", name: "Google's own", meaning: "may call as one of Google's own agents", tone: "quiet" },
} as const satisfies Readonly<Record<CellState, CellLook>>;

// Object.keys gives the keys of a literal, which its type does not say.
export const cellStates = Object.keys(cellLooks) as readonly CellState[];
