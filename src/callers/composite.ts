import type { DetailProblem } from "./caller-kind.ts";
import type { Match } from "./outside.ts";

/** One claim of a token, and the text that it must have. */
export interface ClaimText {
  /** CEL of type text that never fails for any token of the provider: a failure would shut out all who share it. */
  readonly expression: string;
  readonly value: string;
  /** The key of the details that gives the value. */
  readonly field: string;
  /** What it is called where the key gives several: `the claim team`. */
  readonly label?: string;
}

const delimiters = [":", "|", "~", "^", "!", ";"] as const;

/**
 * Several claims as one attribute, since a member of a policy can name only one. They are joined by the first delimiter
 * that none of the declared values holds. A token's text is then equal only where each claim is: the declared text
 * holds the delimiter once between every two values, so in an equal text no claim can hold one.
 * @param name of the attribute, one for each list of expressions; the delimiter is added to it
 */
export function composite(name: string, claims: readonly ClaimText[]): Match {
  const index = Math.max(0, delimiters.indexOf(delimiterOf(claims) ?? ":"));
  const delimiter = delimiters[index] ?? ":";
  const [only] = claims;
  return {
    by: "attribute",
    name: index === 0 ? name : `${name}_${delimiterNames[delimiter]}`,
    expression:
      claims.length === 1 && only !== undefined
        ? only.expression
        : claims.map(({ expression }) => expression).join(` + '${delimiter}' + `),
    value: claims.map(({ value }) => value).join(delimiter),
  };
}

const delimiterNames = { ":": "colon", "|": "bar", "~": "tilde", "^": "caret", "!": "bang", ";": "semicolon" } as const;

/** Undefined where the values hold all of them. One value alone needs none. */
function delimiterOf(claims: readonly ClaimText[]): (typeof delimiters)[number] | undefined {
  if (claims.length === 1) return ":";
  return delimiters.find((delimiter) => claims.every(({ value }) => !value.includes(delimiter)));
}

/** What is wrong with the values of a caller, whatever its kind: what no member of a policy can hold, and wildcards. */
export function checkClaims(claims: readonly ClaimText[], everybody: string): readonly DetailProblem[] {
  const problems = claims.flatMap(({ field, label = field, value }): readonly DetailProblem[] => {
    if (value === "")
      return [
        {
          field,
          problem: "strangers",
          message: `says nothing under ${label}, which would let in ${everybody} without that claim`,
          help: `write the exact value of ${label}, or delete it`,
        },
      ];
    if (/[*?]/.test(value))
      return [
        {
          field,
          problem: "strangers",
          message: `has a wildcard in ${label}: read as a pattern it would let in ${everybody} that fits it`,
          help: "values are compared exactly; write a caller for each one that is meant",
        },
      ];
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value))
      return [
        {
          field,
          problem: "limit",
          message: `has a line break or control character in ${label}, which no member of a policy can hold`,
          help: `correct ${label}`,
        },
      ];
    return [];
  });
  if (delimiterOf(claims) !== undefined) return problems;
  return [
    ...problems,
    {
      field: undefined,
      problem: "limit",
      message: `has values that hold all of ${delimiters.join(" ")}, so none is left to keep them apart`,
      help: "rename one of what they name, or give fewer of them",
    },
  ];
}
