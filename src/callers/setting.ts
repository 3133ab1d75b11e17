import type { Kind } from "../matrix/schema/generated/document.ts";

/** One endpoint that a caller is to call. */
export interface SettingOf {
  /** The kind of what is called: a job takes an access token. */
  readonly callee: Kind;
  readonly url: string;
  /** Null where an access token is asked for, which has none. */
  readonly audience: string | null;
}

/** What to set on a job, queue, subscription, trigger or the like. */
export interface Setting {
  /** What is set, in words: `the job close-books`. */
  readonly on: string;
  /** The fields of its API, with the values to have. */
  readonly fields: readonly { readonly field: string; readonly value: string }[];
  /** The program and its arguments that set them; words in capitals are for the reader to fill in. Null where there is none. */
  readonly command: readonly string[] | null;
}

/** A grant that a caller needs beside its place in rows. */
export interface Need {
  /** synth: Terraform makes it. hand: it hangs on what a matrix cannot know, so somebody does it where `when` is true. */
  readonly by: "synth" | "hand";
  readonly role: string;
  /** caller: its account. Else the member as policies write it; words in capitals are for the reader to fill in. */
  readonly member: "caller" | { readonly principal: string };
  /** On the project of the caller, or on its account. */
  readonly on: "project" | "account";
  /** When it is needed and what for, in words: `to receive events`. */
  readonly when: string;
}
