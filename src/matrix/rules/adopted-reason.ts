import type { Draft } from "../../finding/draft.ts";
import { count } from "../../words/enumerate-words.ts";
import { isAdopted } from "../model/adopted-text.ts";
import type { Matrix } from "../model/matrix.ts";
import { keyAt, type Place } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** What was found is not yet what somebody wants. One finding for each part of a file: on the first day it is all of it. */
export const adoptedReason: Rule = {
  id: "adopted-reason",
  severity: "info",
  summary: "reasons that matrix adopt wrote, and no person yet",
  stopsSynth: false,
  *check(matrix) {
    const parts = new Map<string, { readonly first: Place; number: number }>();
    for (const { part, at } of adoptedPlaces(matrix)) {
      const key = JSON.stringify([at.file, part]);
      const known = parts.get(key);
      if (known === undefined) parts.set(key, { first: at, number: 1 });
      else known.number++;
    }
    for (const [key, { first, number }] of parts) {
      const [, part] = JSON.parse(key) as readonly [string, string];
      yield {
        message:
          number === 1
            ? `a reason under ${part} was written by matrix adopt: it says what was found, not why it should be`
            : `${count(number, "reason")} under ${part} were written by matrix adopt, this one first: they say what was found, not why it should be`,
        help: "write why, or take out what nobody can give a reason for",
        at: first,
      } satisfies Draft;
    }
  },
};

function* adoptedPlaces({
  edges,
  names,
  inherited,
  exceptions,
}: Matrix): Iterable<{ readonly part: string; readonly at: Place }> {
  for (const { section, value, place } of names.values()) {
    if (section !== "services") continue;
    const overrides = Object.entries(value.overrides ?? {});
    const opened = [
      { written: value.public, path: place.path },
      ...overrides.map(([name, override]) => ({ written: override.public, path: [...place.path, "overrides", name] })),
    ];
    for (const { written, path } of opened) {
      if (isAdopted(written?.reason)) yield { part: "services", at: keyAt(place.file, ...path, "public") };
    }
  }
  for (const { clauses } of edges) {
    for (const { reason, place } of clauses) if (isAdopted(reason)) yield { part: "trust", at: place };
  }
  for (const { value, place } of inherited) if (isAdopted(value.reason)) yield { part: "inherited", at: place };
  for (const { value, place } of exceptions) {
    if (isAdopted(value.reason)) yield { part: "exceptions", at: keyAt(place.file, ...place.path, "reason") };
  }
}
