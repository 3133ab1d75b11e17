/** What a caller from outside has to do to show its token to Google, beside what the credential configuration says. */
export interface ShownToken {
  /** What has to be there before, in a sentence without a full stop. */
  readonly note: string;
  /** The file that the token is read from, unless somebody says another. */
  readonly file?: string;
  /** The field of a JSON file that holds it. Absent: the file holds the token and nothing else. */
  readonly field?: string;
  /** The lines of a POSIX shell that put it there. Absent: a program of the caller's does. */
  readonly fetch?: (given: { readonly audience: string; readonly file: string }) => readonly string[];
}
