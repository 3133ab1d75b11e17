/** A Terraform value as it comes over the wire. Sets and lists are both arrays: the schema says which. */
export type Value = null | boolean | number | string | Unknown | ValueList | ObjectValue;
export type ValueList = readonly Value[];
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** A value that Terraform learns at apply. */
export class Unknown {
  /**
   * What Terraform already knows about it, such as "starts with serviceAccount:". It is sent back
   * as it came: Terraform compares planned values bytewise with the configuration.
   */
  readonly refinement: Uint8Array | undefined;

  constructor(refinement?: Uint8Array) {
    this.refinement = refinement;
  }
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function isList(value: Value | undefined): value is ValueList {
  return Array.isArray(value);
}

export function isWhollyKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  return isObject(value) ? Object.values(value).every(isWhollyKnown) : true;
}

/** The text, or undefined where it is absent, null or not known yet. */
export function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list that is wholly known, else undefined. */
export function texts(value: Value | undefined): readonly string[] | undefined {
  if (!isList(value)) return undefined;
  const found = value.filter((item) => typeof item === "string");
  return found.length === value.length ? found : undefined;
}

/** The string entries of a map; an unknown or absent map counts as empty. */
export function textMap(value: Value | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

export function sameValue(a: Value, b: Value): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index] ?? null));
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => sameValue(a[name] ?? null, b[name] ?? null));
  }
  return a === b;
}

/** The real provider's SDK does not tell null from an empty text, zero, false or an empty collection. */
export function isZero(value: Value): boolean {
  if (value === null || value === "" || value === 0 || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
