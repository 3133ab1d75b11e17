import { encodeCel } from "../federation/encode-cel.ts";
import { briefText } from "../words/brief.ts";
import type { ClaimText } from "./composite.ts";

/** A claim by its name, with the exact value that the matrix gives. */
export interface DeclaredClaim extends ClaimText {
  readonly name: string;
  readonly declared: string | number | boolean;
  /** A CEL condition that holds where the claim has the value, and is false, not an error, where it is missing. */
  readonly holds: string;
}

/** A claim of the token itself; one inside of another cannot be meant, since a name is taken as it stands. */
export function claimOf(name: string, declared: string | number | boolean, field: string): DeclaredClaim {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name);
  const claim = isPlain ? `assertion.${name}` : `assertion[${encodeCel(name)}]`;
  const isThere = isPlain ? `has(${claim})` : `${encodeCel(name)} in assertion`;
  const holds = `${isThere} && ${claim} == ${encodeValue(declared)}`;
  const label = field === "claims" ? `the claim ${briefText(name)}` : field;
  // Compared before it becomes text: the text "true" is not the boolean, and a list in another's token fails nobody's mapping.
  return typeof declared === "string"
    ? { name, declared, field, label, holds, expression: `(${holds} ? ${encodeCel(declared)} : '')`, value: declared }
    : { name, declared, field, label, holds, expression: `(${holds} ? 'yes' : 'no')`, value: "yes" };
}

/** A condition that holds where all claims do. */
export function allOf(claims: readonly DeclaredClaim[]): string {
  return claims.map(({ holds }) => holds).join(" && ");
}

/** Numbers of JSON are doubles. */
function encodeValue(value: string | number | boolean): string {
  if (typeof value === "string") return encodeCel(value);
  const text = String(value);
  return typeof value === "number" && /^-?[0-9]+$/.test(text) ? `${text}.0` : text;
}

/** docs: github.com/google/cel-spec `doc/langdef.md`, Syntax */
const reserved = new Set(
  "as break const continue else false for function if import in let loop namespace null package return true var void while".split(
    " ",
  ),
);
