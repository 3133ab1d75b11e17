/** A matrix as a person writes it, before anybody has worked out what it means. */
export interface RawDocument {
  readonly version: 1;
  readonly environments: Readonly<Record<string, RawEnvironment>>;
  readonly terraform?: { readonly google: string };
  readonly defaults?: RawFields;
  readonly services: Readonly<Record<string, RawFields>>;
  readonly callers?: Readonly<Record<string, RawFields>>;
  readonly sets?: Readonly<Record<string, readonly string[]>>;
  readonly trust?: Readonly<Record<string, RawEdge>>;
}

export interface RawEnvironment {
  readonly project?: string;
  readonly number?: string | number;
  readonly projects?: Readonly<Record<string, RawProject>>;
  readonly regions?: readonly string[];
}

export interface RawProject {
  readonly id: string;
  readonly number?: string | number;
  readonly stack?: string;
}

/** The fields of a service or caller, or what lies over them in an environment. */
export type RawFields = { readonly [key: string]: RawValue };
export type RawValue = string | number | boolean | null | readonly RawValue[] | RawFields;

export type RawEdge = string | RawClause | readonly RawClause[];
export interface RawClause {
  readonly reason: string;
  readonly environments?: readonly string[];
  readonly expires?: string;
  readonly reviewed?: string;
  readonly through?: "iap";
}

export function clausesOf(edge: RawEdge): readonly RawClause[] {
  if (typeof edge === "string") return [{ reason: edge }];
  return "reason" in edge ? [edge] : edge;
}

/** The services and callers that a name stands for. Sets of generated documents hold sets before them only. */
export function membersOf({ sets = {} }: RawDocument, name: string): readonly string[] {
  const members = sets[name];
  return members === undefined ? [name] : members.flatMap((member) => membersOf({ sets } as RawDocument, member));
}

/** Whether a service or caller is in an environment. */
export function isIn({ services, callers = {} }: RawDocument, name: string, environment: string): boolean {
  const fields = services[name] ?? callers[name];
  const only = fields?.["environments"] as readonly string[] | undefined;
  return fields !== undefined && (only === undefined || only.includes(environment));
}
