import type { AccessRow } from "../drift/drift-report.ts";
import type { CellState } from "./grid.ts";

/** What bears on the state of one pair. */
export interface PairFacts {
  /** What the matrix says of it. `expected`: it holds, and reality is not to follow yet: the callee is planned. */
  readonly declared: "public" | "holds" | "expected" | "ended" | "nothing";
  /** Null where nobody looked. */
  readonly live: LiveFacts | null;
}

export interface LiveFacts {
  /** The rows of the pair, but for indirect ways. */
  readonly rows: readonly AccessRow[];
  /** Whether the declared caller may not call in some place where the callee ought to let it in. */
  readonly lacks: boolean;
  /** Whether something that was not read could hold what is not there. */
  readonly inDoubt: boolean;
  /** Whether a finding says that a grant opens the pair, and whether exceptions accept all that do. */
  readonly accused: "open" | "accepted" | "no";
  /** Whether an open finding says that more than what is declared lets a declared caller in, or something else. */
  readonly isAccused: boolean;
  /** Whether it surely may call wherever it is to. */
  readonly isSure: boolean;
  /** Whether the declared grant is there, wherever it is to be. */
  readonly isAsDeclared: boolean;
}

/** The state of a pair; null where there is nothing to say of it. */
export function cellState({ declared, live }: PairFacts): CellState | null {
  if (live === null) return declaredState[declared];
  const rows = live.rows.filter(({ verdict }) => verdict !== "denied");
  switch (declared) {
    case "public":
    case "holds":
      return standingState(declared, live);
    case "expected":
      if (rows.length === 0) return "declared";
      return live.isAccused || rows.every((row) => !isCovered(row)) ? "beyond" : "agreed";
    case "ended":
    case "nothing":
      return openState(rows, live) ?? (declared === "nothing" ? null : live.inDoubt ? "unknown" : "expired");
  }
}

const declaredState = {
  public: "public",
  holds: "declared",
  expected: "declared",
  ended: "expired",
  nothing: null,
} as const satisfies Readonly<Record<PairFacts["declared"], CellState | null>>;

/** What is to hold: whether it does. */
function standingState(
  declared: "public" | "holds",
  { lacks, inDoubt, isSure, isAccused, isAsDeclared }: LiveFacts,
): CellState {
  if (lacks) return inDoubt ? "unsure" : "missing";
  // A condition, a deny policy or a set that was not read may take it away.
  if (!isSure) return "unsure";
  if (isAccused || !isAsDeclared) return "beyond";
  return declared === "public" ? "public" : "agreed";
}

/** What nobody declared, or nobody any more: how sure it is, and who answers for it. */
function openState(rows: readonly AccessRow[], { accused }: LiveFacts): CellState | undefined {
  if (rows.length === 0) return undefined;
  // Whoever is in a declared set may hold a grant besides, which would outlive it.
  const open = accused === "open" ? rows : rows.filter((row) => !isCovered(row));
  if (accused === "accepted") return "accepted";
  if (open.some(({ verdict }) => verdict === "allowed")) return "undeclared";
  if (open.length > 0) return open.some(({ verdict }) => verdict === "conditional") ? "conditional" : "unknown";
  if (rows.every(({ paths }) => paths.some(({ standing }) => standing === "managed"))) return "managed";
  // A grant that covers it is declared of another: of a set that it is in, or of the same account by another name.
  return rows.some(({ paths }) => paths.some(({ standing }) => standing === "inherited")) ? "inherited" : "agreed";
}

/** Whether a row needs no further words, as drift counts. */
export function isCovered({ paths }: AccessRow): boolean {
  return paths.some(({ standing }) => standing !== "undeclared");
}
