import type { Instant } from "../../time/instant.ts";
import type {
  Caller,
  Edge as EdgeClause,
  Exception,
  GuardrailRule,
  InheritedAccess,
  MatrixDocument,
  Owner,
  Selector,
  Service,
} from "../schema/generated/document.ts";
import type { Place } from "../text/place.ts";
import type { Environment } from "./environment.ts";
import type { Expand } from "./expand-sets.ts";
import type { World } from "./world.ts";

/** Something that the matrix names, as it is written, and the file that it stands in. */
export interface Declared<T> {
  readonly key: string;
  readonly value: T;
  readonly place: Place;
}

/** One `caller -> callee` key. Caller and callee are undefined where the key is malformed. */
export interface DeclaredEdge {
  readonly key: string;
  readonly file: string;
  readonly caller: string | undefined;
  readonly callee: string | undefined;
  readonly clauses: readonly Clause[];
}

/** What a matrix says of one edge in some environments. */
export interface Clause extends EdgeClause {
  readonly place: Place;
  /** The moment from which it no longer holds. */
  readonly end: Instant | undefined;
}

/** A name under services, callers or sets. */
export type DeclaredName =
  | ({ readonly section: "services" } & Declared<Service>)
  | ({ readonly section: "callers" } & Declared<Caller>)
  | ({ readonly section: "sets" } & Declared<readonly string[]>);

/** A matrix, read and resolved. Everything is in order of its key, whatever the order of the files and keys. */
export interface Matrix {
  readonly root: string;
  /** When it is read: expiry depends on it. */
  readonly asOf: Instant;
  readonly document: MatrixDocument;
  /** Files of public keys that callers name (`jwks`), by the name as it is written, as compact JSON. */
  readonly keyFiles: ReadonlyMap<string, string>;
  readonly owners: ReadonlyMap<string, Declared<Owner>> | undefined;
  readonly names: ReadonlyMap<string, DeclaredName>;
  /** The services and callers that a name stands for. */
  readonly expand: Expand;
  /** Names that are given a second time, with the first. */
  readonly duplicates: readonly { readonly again: DeclaredName; readonly first: DeclaredName }[];
  readonly edges: readonly DeclaredEdge[];
  readonly inherited: readonly Declared<InheritedAccess>[];
  readonly rules: readonly Declared<GuardrailRule>[];
  readonly exceptions: readonly Declared<Exception>[];
  readonly sensitive: Selector | undefined;
  readonly environments: readonly Environment[];
  /** What is declared for each environment, in the same order. */
  readonly worlds: readonly World[];
}
