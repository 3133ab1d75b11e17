import type { Reading } from "../snapshot/snapshot.ts";
import type { Outcome, Trouble } from "./api-client.ts";
import type { JsonObject } from "../words/json.ts";
import { MalformedAnswer } from "./json.ts";

/** How a read went without giving anything. */
export type Unreadable = Extract<Reading<never>, { status: "denied" | "failed" }>;

/** A read that gave something. */
export type Readable<T> = Exclude<Reading<T>, Unreadable>;

export function hasValue<T>(reading: Reading<T>): reading is Readable<T> {
  return reading.status === "read" || reading.status === "partial";
}

/** 401 and 403 are denied, everything else failed: what 404 means is for the caller to say. */
export function unreadable({ status, reason }: Trouble): Unreadable {
  return { status: status === 401 || status === 403 ? "denied" : "failed", reason };
}

/** What is parsed from an answer; failed, with the place, where it is not as documented. */
export function toReading<T>(outcome: Outcome, parse: (body: JsonObject) => T): Parsed<T> | Unreadable {
  if (outcome.kind === "trouble") return unreadable(outcome);
  return parsed(() => parse(outcome.body));
}

/** A reading that is whole or nothing. */
export type Parsed<T> =
  | { readonly status: "read"; readonly value: T }
  | { readonly status: "failed"; readonly reason: string };

/** A reading of what the function gives; failed where it throws MalformedAnswer. */
export function parsed<T>(parse: () => T): Parsed<T> {
  try {
    return { status: "read", value: parse() };
  } catch (error) {
    if (error instanceof MalformedAnswer) return { status: "failed", reason: error.message };
    throw error;
  }
}

export function mapReading<T, U>(reading: Reading<T>, change: (value: T) => U): Reading<U> {
  return hasValue(reading) ? { ...reading, value: change(reading.value) } : reading;
}

/** The same reading, and something may be missing: for reasons given, in order. Without any it stays as it is. */
export function withDoubts<T>(reading: Reading<T>, doubts: readonly string[]): Reading<T> {
  if (doubts.length === 0) return reading;
  if (reading.status === "read") return { status: "partial", value: reading.value, reason: doubts.join("; ") };
  if (reading.status === "partial") return { ...reading, reason: [reading.reason, ...doubts].join("; ") };
  return reading;
}

/** The same reading with a note beside it. */
export function withNote<T>(reading: Reading<T>, note: string): Reading<T> {
  if (reading.status !== "read") return reading;
  return { ...reading, note: reading.note === undefined ? note : `${reading.note}; ${note}` };
}
