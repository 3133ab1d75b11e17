import { asValues, own } from "./plan.ts";

/** A text of a plan. */
export interface Resolved {
  /** Undefined where nobody can say, or where there is none. */
  readonly text: string | undefined;
  readonly isUnknown: boolean;
  readonly isSensitive: boolean;
  /**
   * Whether it is taken to be what its expression refers to: of HCL a plan tells the references of an expression, and not
   * what is made of them.
   */
  readonly isAssumed: boolean;
  /** Whether the plan itself does not know it, so that what is made of it is known after apply only as well. */
  readonly isLater: boolean;
}

export const nobodyKnows: Resolved = {
  text: undefined,
  isUnknown: true,
  isSensitive: false,
  isAssumed: false,
  isLater: true,
};
export const absent: Resolved = { ...nobodyKnows, isUnknown: false, isLater: false };

/** What a plan knows. */
export function plain(value: unknown, isSensitive: boolean): Resolved {
  return typeof value === "string" ? { ...absent, text: value, isSensitive } : { ...absent, isSensitive };
}

/** A text that is made of others; unknown where one of them is. */
export function join(parts: readonly Resolved[], write: (texts: readonly string[]) => string | undefined): Resolved {
  const texts = parts.flatMap(({ text }) => text ?? []);
  const isSensitive = parts.some((part) => part.isSensitive);
  const isAssumed = parts.some((part) => part.isAssumed);
  const text = texts.length === parts.length ? write(texts) : undefined;
  return text === undefined
    ? { ...nobodyKnows, isSensitive }
    : { text, isUnknown: false, isSensitive, isAssumed, isLater: parts.some((part) => part.isLater) };
}

/** Whether an argument, or any part of it, is marked in a tree of marks. */
export function isMarked(marks: unknown, argument: string): boolean {
  return marks === true || hasTrue(own(asValues(marks), argument));
}

/** Whether there is a true anywhere. Values are as deep as a plan's author likes. */
export function hasTrue(marks: unknown): boolean {
  const all: unknown[] = [marks];
  for (const each of all) {
    if (each === true) return true;
    if (typeof each === "object" && each !== null) for (const inner of Object.values(each)) all.push(inner);
  }
  return false;
}
