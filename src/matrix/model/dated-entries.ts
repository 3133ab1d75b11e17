import { type Instant, parseEnd } from "../../time/instant.ts";
import { type Place, valueAt } from "../text/place.ts";
import type { Matrix } from "./matrix.ts";

/** Something in the matrix that ends at a moment. */
export interface DatedEntry {
  readonly kind: "edge" | "previous account" | "exception" | "inherited access";
  /** What it is, as a subject of a sentence: `the edge a -> b`. */
  readonly what: string;
  readonly date: string;
  /** The moment from which it has no effect; undefined for an impossible date. */
  readonly end: Instant | undefined;
  readonly place: Place;
  readonly service?: string;
  readonly caller?: string;
}

/** Everything in the matrix that has an end, in order. */
export function datedEntries(matrix: Matrix): readonly DatedEntry[] {
  return [...datedEdges(matrix), ...datedAccounts(matrix), ...datedExceptions(matrix), ...datedInherited(matrix)];
}

function datedEdges({ edges }: Matrix): readonly DatedEntry[] {
  return edges.flatMap(({ key, caller, callee, clauses }) =>
    clauses.flatMap(({ expires, end, place }): readonly DatedEntry[] =>
      expires === undefined
        ? []
        : [
            {
              kind: "edge",
              what: `the edge ${key}`,
              date: expires,
              end,
              place: valueAt(place.file, ...place.path, "expires"),
              ...(callee === undefined ? {} : { service: callee }),
              ...(caller === undefined ? {} : { caller }),
            },
          ],
    ),
  );
}

function datedAccounts({ names }: Matrix): readonly DatedEntry[] {
  return [...names.values()].flatMap((name) => {
    if (name.section !== "services") return [];
    const { file, path } = name.place;
    const own = (name.value.previousAccounts ?? []).map((account, index) => ({
      account,
      path: [...path, "previousAccounts", index],
    }));
    const overridden = Object.entries(name.value.overrides ?? {}).flatMap(([environment, override]) =>
      (override.previousAccounts ?? []).map((account, index) => ({
        account,
        path: [...path, "overrides", environment, "previousAccounts", index],
      })),
    );
    return [...own, ...overridden].map(({ account, path: at }): DatedEntry => ({
      kind: "previous account",
      what: `the previous account ${account.email} of ${name.key}`,
      date: account.until,
      end: parseEnd(account.until),
      place: valueAt(file, ...at, "until"),
      service: name.key,
    }));
  });
}

function datedExceptions({ exceptions }: Matrix): readonly DatedEntry[] {
  return exceptions.map(({ key, value, place }) => ({
    kind: "exception",
    what: `the exception ${key}`,
    date: value.expires,
    end: parseEnd(value.expires),
    place: valueAt(place.file, ...place.path, "expires"),
  }));
}

function datedInherited({ inherited }: Matrix): readonly DatedEntry[] {
  return inherited.flatMap(({ key, value, place }): readonly DatedEntry[] =>
    value.expires === undefined
      ? []
      : [
          {
            kind: "inherited access",
            what: `the inherited access ${key}`,
            date: value.expires,
            end: parseEnd(value.expires),
            place: valueAt(place.file, ...place.path, "expires"),
          },
        ],
  );
}
