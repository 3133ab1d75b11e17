import { isObject, type JsonObject } from "../words/json.ts";

/** Readers of parsed JSON. An answer that is not as documented throws MalformedAnswer, with the place where it differs. */
export class MalformedAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MalformedAnswer";
  }
}

export function objectAt(value: unknown, place: string): JsonObject {
  if (isObject(value)) return value;
  throw malformed(place, "an object", value);
}

/** An object that may be left out. */
export function optionalObject(value: unknown, place: string): JsonObject {
  return value === undefined ? {} : objectAt(value, place);
}

/** Text that is not empty. */
export function textAt(value: unknown, place: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw malformed(place, "text", value);
}

/** Text that can stand in a path as one part of it: an id, a region, an email. */
export function segmentAt(value: unknown, place: string): string {
  const text = textAt(value, place);
  if (isSegment(text)) return text;
  throw new MalformedAnswer(`${place} is not a name`);
}

export function isSegment(text: string): boolean {
  return /^(?!\.{1,2}$)[\w.:@~+-]+$/.test(text);
}

export function optionalText(value: unknown, place: string): string | null {
  if (value === undefined || value === "") return null;
  return textAt(value, place);
}

/** False where it is left out: protobuf's JSON leaves defaults out. */
export function booleanAt(value: unknown, place: string): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw malformed(place, "true or false", value);
}

/** A list that may be left out: protobuf's JSON leaves empty ones out. */
export function listAt(value: unknown, place: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw malformed(place, "a list", value);
}

export function textsAt(value: unknown, place: string): readonly string[] {
  return listAt(value, place).map((item, index) => textAt(item, `${place}[${index}]`));
}

/** The last part of a resource name. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function malformed(place: string, wanted: string, value: unknown): MalformedAnswer {
  return new MalformedAnswer(value === undefined ? `${place} is missing` : `${place} is not ${wanted}`);
}
