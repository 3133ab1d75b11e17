import { parseEnd } from "../time/instant.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { OtherAccess } from "./review-report.ts";

interface Owned {
  readonly owner: string | null;
  readonly access: OtherAccess;
}

/**
 * What a reviewer has to see and cannot sign: the language has no date of review for it. By kind, then what it is.
 * @param only the environments that are looked at
 */
export function otherAccess(matrix: Matrix, only: readonly string[]): readonly Owned[] {
  const worlds = matrix.worlds.filter(({ environment }) => only.includes(environment.name));
  const ofServices = worlds.flatMap(({ environment: { name }, services }) =>
    [...services.values()].flatMap((service): readonly Owned[] => {
      const owner = service.owner ?? null;
      const base = { environments: [name], expires: null, hasEnded: false };
      const open = service.public;
      return [
        ...(open === undefined
          ? []
          : [{ owner, access: { ...base, kind: "public" as const, what: service.key, reason: open.reason ?? null } }]),
        ...service.previousAccounts.map(({ email, until }) => ({
          owner,
          access: {
            ...base,
            kind: "previous account" as const,
            what: `${email} of ${service.key}`,
            reason: null,
            expires: until,
            hasEnded: hasEnded(until, matrix),
          },
        })),
      ];
    }),
  );
  return [...foldEnvironments(ofServices), ...inherited(matrix), ...exceptions(matrix)].sort(
    (a, b) => compareText(a.access.kind, b.access.kind) || compareText(a.access.what, b.access.what),
  );
}

function inherited(matrix: Matrix): readonly Owned[] {
  return matrix.inherited.map(({ key, value }) => ({
    owner: value.owner ?? null,
    access: {
      kind: "inherited",
      what: `${key}: ${value.principal} has ${value.role} at ${value.at.join(", ")}`,
      environments: [],
      reason: value.reason,
      expires: value.expires ?? null,
      hasEnded: value.expires !== undefined && hasEnded(value.expires, matrix),
    },
  }));
}

function exceptions(matrix: Matrix): readonly Owned[] {
  return matrix.exceptions.map(({ key, value }) => ({
    owner: value.owner,
    access: {
      kind: "exception",
      what: `${key}: accepts ${value.rule}`,
      environments: [],
      reason: value.reason,
      expires: value.expires,
      hasEnded: hasEnded(value.expires, matrix),
    },
  }));
}

function hasEnded(date: string, { asOf }: Matrix): boolean {
  const end = parseEnd(date);
  return end === undefined || asOf >= end;
}

function foldEnvironments(all: readonly Owned[]): readonly Owned[] {
  return [
    ...groupBy(all, ({ owner, access }) =>
      JSON.stringify([owner, access.kind, access.what, access.reason, access.expires]),
    ).values(),
  ].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : {
          ...first,
          access: {
            ...first.access,
            environments: [first, ...rest].flatMap(({ access }) => access.environments),
          },
        },
  );
}
