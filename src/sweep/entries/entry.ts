import type { Position } from "../text-file.ts";

/** Offsets in the file; then, for what stands in a text in it, offsets in that text; and so on inwards. */
export type Nest = readonly (readonly [start: number, end: number])[];

/** A value that a text sets under a name. */
export interface Entry {
  /** As it is shown: the variable, the key, or the key above where the key itself says nothing (`value`, `default`). */
  readonly name: string;
  /** What the name says, with the key above: `Jwt Key`, `webhook_secrets storefront`. */
  readonly meaning: string;
  readonly value: string;
  /** Offsets of its source in the file. */
  readonly start: number;
  readonly end: number;
  readonly nest: Nest;
  readonly position: Position;
  /** The service that is given it, where the text says so. */
  readonly service: string | null;
  readonly setting: Setting;
  /** Whether the file holds the value in another form than here: encoded or escaped. */
  readonly isDecoded: boolean;
}

/** env: a variable that a process gets; secret: a value of a Kubernetes Secret; account-key: a key file of a service account. */
export type Setting = "env" | "secret" | "field" | "account-key";

/** A text and where in its file it stands: the file itself, or a value that holds another text. */
export interface Frame {
  readonly text: string;
  readonly service: string | null;
  readonly isDecoded: boolean;
  /** How many texts it stands in. */
  readonly depth: number;
  readonly position: (offset: number) => Position;
  readonly span: (start: number, end: number) => Pick<Entry, "start" | "end" | "nest">;
  /** What the file itself says of its reading; undefined for a value that holds another text. */
  readonly notes?: FileNotes;
}

export interface FileNotes {
  /** Whether it was parsed as YAML; undefined where that was not tried. */
  isYaml: boolean | undefined;
  /** Files that a compose file gives to its services, as it writes them. */
  readonly envFiles: { readonly service: string; readonly path: string }[];
}
