import type { SweepRule } from "./sweep-rules.ts";

/** What `matrix sweep` has to say. No part of it holds a credential. */
export interface SweepReport {
  /** Whether everything that was asked for was read. */
  readonly complete: boolean;
  readonly unread: readonly Unread[];
  readonly swept: Swept;
  /** The matrix that edges are taken from; null where there is none. */
  readonly matrix: string | null;
  readonly environment: string | null;
  readonly baseline: BaselineCount | null;
  /** Those with most places first. */
  readonly credentials: readonly Credential[];
}

/** Something that could not be looked at. */
export interface Unread {
  readonly source: string;
  readonly reason: string;
  /** Whether some of it was read. */
  readonly isPartly?: boolean;
}

export interface Swept {
  /** What was asked for: paths, and `live` with its projects. */
  readonly paths: readonly string[];
  readonly live: readonly string[];
  readonly files: number;
  /** Services and jobs whose settings were read from the API. */
  readonly services: number;
  /** Files that were not looked into: neither named nor configuration, and binary or too large. */
  readonly skipped: { readonly binary: number; readonly huge: readonly string[] };
}

export interface BaselineCount {
  readonly file: string;
  /** Credentials then, and of these now. */
  readonly before: number;
  readonly left: number;
  readonly added: number;
  readonly spread: number;
  /** Names of those that are gone. */
  readonly gone: readonly string[];
  /** Whether the baseline was written over the same paths and projects: else what is gone may only not have been looked at. */
  readonly sameScope: boolean;
}

/** One credential, wherever it is. */
export interface Credential {
  /** Its number in this report, from 1. */
  readonly number: number;
  /** A keyed hash of its value, the same in every run with the same key; null where no key is kept. */
  readonly id: string | null;
  readonly rule: SweepRule;
  readonly severity: "error" | "warning";
  /** What it is, in words. */
  readonly kind: string;
  /** What may be shown of it: a public prefix and a class of length. */
  readonly masked: string;
  /** Variables and keys that hold it. */
  readonly names: readonly string[];
  /** Services that are given it, as the matrix calls them where it knows them. */
  readonly services: readonly string[];
  readonly places: readonly CredentialPlace[];
  /** Edges of the matrix that could replace it. */
  readonly edges: readonly ReplacingEdge[];
  /** What to do. */
  readonly fix: string;
  /** Against the baseline: known, and in no other places; known, and in others; new. Without one all are new. */
  readonly state: "new" | "spread" | "known";
}

export interface CredentialPlace {
  /** A file, `<stdin>`, or `run:PROJECT/REGION/SERVICE`. */
  readonly file: string;
  /** From 1. Of what was read from the API it is 0. */
  readonly line: number;
  readonly column: number;
  readonly name: string | null;
  readonly service: string | null;
}

export interface ReplacingEdge {
  readonly caller: string;
  readonly callee: string;
  /** The environments that declare it. */
  readonly environments: readonly string[];
  readonly declared: boolean;
}

/** Whether a credential makes the run fail. */
export function isSweepFailure({ state }: Pick<Credential, "state">): boolean {
  return state !== "known";
}
