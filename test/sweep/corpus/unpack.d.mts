/** A value that the corpus marks: a credential, or something that only looks like one. */
export interface Mark {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Its last line. */
  readonly endLine: number;
  readonly isSecret: boolean;
  /** The value as it stands in the file. */
  readonly value: string;
  /** The line as the corpus writes it, with the marks and without the values. */
  readonly written: string;
}

export interface Corpus {
  readonly files: ReadonlyMap<string, string>;
  readonly marks: readonly Mark[];
  /** Every secret, as it stands in the files and decoded. No output may hold one. */
  readonly secrets: readonly string[];
}

export declare function unpackCorpus(texts: readonly string[]): Corpus;
export declare function readCorpus(part: "first" | "held-out" | "blind"): Corpus;
export declare function generate(kind: string, size: number, label: string): string;

export interface Score {
  readonly found: number;
  readonly missed: readonly Mark[];
  readonly wrong: readonly { readonly file: string; readonly line: number }[];
  readonly precision: number;
  readonly recall: number;
}

export declare function scoreCorpus(
  corpus: Corpus,
  places: readonly { readonly file: string; readonly line: number; readonly credential: number }[],
): Score;
