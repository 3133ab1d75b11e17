export interface AskFormatOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Only the answer. */
  readonly quiet: boolean;
  /** Everything, also what is as it should be. */
  readonly verbose: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** An answer as the bytes to write. */
export type AskFormatter<T> = (answer: T, options: AskFormatOptions) => string;
