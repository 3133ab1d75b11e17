import { cellLooks } from "../page/cell-looks.ts";
import type { EdgeState } from "./picture.ts";

/** How an edge is drawn. Lines differ by form and by sign, since not everybody tells colours apart. */
export interface EdgeLook {
  readonly line: "solid" | "bold" | "dashed" | "dotted";
  /** Null where the line needs no sign: it is what the reader expects. */
  readonly sign: string | null;
  readonly name: string;
  readonly meaning: string;
  /** Dark enough on white: 4.5 to 1 at least. */
  readonly color: string;
  /** An open head where nobody can call this way now. */
  readonly head: "full" | "open";
}

const strokes = {
  undeclared: { line: "bold", color: "#b3001b", head: "full" },
  missing: { line: "dashed", color: "#b3001b", head: "open" },
  beyond: { line: "bold", color: "#7a4a00", head: "full" },
  expired: { line: "dashed", color: "#7a4a00", head: "open" },
  conditional: { line: "dotted", color: "#7a4a00", head: "full" },
  unknown: { line: "dotted", color: "#6b2fa0", head: "full" },
  unsure: { line: "dotted", color: "#4d5560", head: "full" },
  public: { line: "solid", color: "#0b57a4", head: "full" },
  accepted: { line: "solid", color: "#4d5560", head: "full" },
  inherited: { line: "solid", color: "#4d5560", head: "full" },
  agreed: { line: "solid", color: "#4d5560", head: "full" },
  declared: { line: "solid", color: "#4d5560", head: "full" },
} as const satisfies Readonly<
  Record<Exclude<EdgeState, "gained" | "lost" | "planned">, Pick<EdgeLook, "line" | "color" | "head">>
>;

const plain: readonly EdgeState[] = ["agreed", "declared"];

/** What no cell of a grid says. The sign of what is lost is a minus, not a hyphen. */
const ownLooks = {
  planned: {
    line: "dashed",
    sign: "○",
    name: "planned",
    meaning: "is to call a service that is still to come",
    color: "#4d5560",
    head: "open",
  },
  gained: {
    line: "bold",
    sign: "+",
    name: "gained",
    meaning: "is declared now, and was not before",
    color: "#0b6b2c",
    head: "full",
  },
  lost: {
    line: "dashed",
    sign: "−",
    name: "lost",
    meaning: "was declared before, and is not now",
    color: "#b3001b",
    head: "open",
  },
} as const satisfies Readonly<Record<"gained" | "lost" | "planned", EdgeLook>>;

export function edgeLook(state: EdgeState): EdgeLook {
  if (state === "gained" || state === "lost" || state === "planned") return ownLooks[state];
  const { glyph, name, meaning } = cellLooks[state];
  return { ...strokes[state], sign: plain.includes(state) ? null : glyph, name, meaning };
}

/** The order of a legend: what asks for attention first. */
export const edgeStates = [
  "gained",
  "lost",
  "undeclared",
  "missing",
  "beyond",
  "expired",
  "conditional",
  "unknown",
  "unsure",
  "public",
  "accepted",
  "inherited",
  "planned",
  "agreed",
  "declared",
] as const satisfies readonly EdgeState[];
