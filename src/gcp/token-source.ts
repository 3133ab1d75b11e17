/** Something that gives access tokens: valid ones, as often as it is asked. */
export interface TokenSource {
  /** Whose tokens they are, where that is known without asking. */
  readonly reader: string | null;
  readonly token: () => Promise<string>;
}
