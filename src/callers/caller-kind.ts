import type { Project } from "../matrix/model/environment.ts";
import type { CallerKind } from "../matrix/model/world.ts";
import type { Caller as CallerDocument } from "../matrix/schema/generated/document.ts";
import type { Outside } from "./outside.ts";
import type { Need, Setting, SettingOf } from "./setting.ts";
import type { ShownToken } from "./shown-token.ts";
import type { TokenWay } from "./token-way.ts";

/** What is written under the key of a kind: of `github: { ownerId: … }`, the map. */
export type Details<K extends CallerKind> = NonNullable<CallerDocument[K]>;

/** A caller of one kind as it stands in one environment: what every question to its kind is asked of. */
export interface CallerOf<K extends CallerKind> {
  readonly key: string;
  readonly details: Details<K>;
  /** The project that its alias names: where its account is made, and its pool. Undefined for people and accounts. */
  readonly project: Project | undefined;
  /** The email of the account that it calls as; undefined for people and groups. */
  readonly email: string | undefined;
}

/**
 * Everything that this program knows of one kind of caller. A new kind is a file with one of these and a line in the
 * registry; the schema, rules, Terraform, wiring, drift and docs follow from it.
 */
export interface CallerKindDefinition<K extends CallerKind> {
  readonly kind: K;
  /** The JSON schema of its details; the matrix schema is generated from it. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** people: a person or group. account: an account that exists. workload: something that calls as an account of ours. */
  readonly nature: "people" | "account" | "workload";
  /** As seen from a service with ingress internal. internet: 404. project: inside only from the service's own project. network: as its network is set. */
  readonly origin: "internet" | "project" | "network";
  /** What the caller is, in a few words: `repository acme/shop, branch main`. One line, not escaped. */
  readonly describe: (details: Details<K>) => string;
  /** How it comes by a token. */
  readonly token: { readonly way: TokenWay; readonly how: string };
  /** Whether it sends ID tokens alone: Google's API, which runs jobs, takes access tokens. */
  readonly idTokensOnly?: true;
  /** Whether Google takes an account of the caller's own project alone. */
  readonly ownProjectOnly?: true;
  /** What is wrong with the details beyond what a schema can say: whom they would let in, what is too long. */
  readonly check?: (details: Details<K>) => readonly DetailProblem[];
  /** Details that, where they are given, only take away from whom it admits: to add one narrows it. */
  readonly narrowing?: readonly (keyof Details<K>)[];
  /** Who outside may act as its account. Absent: nobody has to, the workload runs as it. */
  readonly outside?: (caller: CallerOf<K>) => Outside;
  /** How it comes by the token that it shows to a provider; only where somebody outside is pooled. */
  readonly shows?: ShownToken;
  /** What is applied where it runs so that it calls as its account, as one document of YAML. Keys need no quotes. */
  readonly manifest?: (caller: CallerOf<K>) => object;
  /** What it needs beside its place in rows. */
  readonly needs?: (caller: CallerOf<K>) => readonly Need[];
  /** What to set on it so that it calls one endpoint as its account. */
  readonly settings?: (caller: CallerOf<K>, endpoint: SettingOf) => readonly Setting[];
}

/** Something wrong with the details of a caller, as a finding says it. */
export interface DetailProblem {
  /** The key of the details that it is about; undefined for all of them. */
  readonly field: string | undefined;
  /** strangers: it would let somebody in who is not meant. wide: more than one would think. limit: Google refuses it. */
  readonly problem: "strangers" | "wide" | "limit";
  /** Without the name of the caller, which is put before it: `admits every repository of …`. */
  readonly message: string;
  readonly help: string;
}
