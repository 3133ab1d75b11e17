/** One of the two versions that a command line names. */
export type DiffOperand =
  | { readonly kind: "stdin" }
  | FileOperand
  | { readonly kind: "ref"; readonly reference: string; readonly path?: string };

export interface FileOperand {
  readonly kind: "file";
  readonly name: string;
  /** Whether git could take the word for a reference as well. */
  readonly isBare: boolean;
}

export interface OperandProblem {
  readonly problem: string;
  readonly help: string;
}

/**
 * What a word means, without a look at files or references: a pull request can add a file called `origin/main`, and must
 * not choose with it what it is compared with.
 *
 * `-` is standard input. A word that starts with `./`, `../` or `/`, or ends in `.yaml`, `.yml` or `.json`, is a file.
 * Whatever else is a reference, with a path behind a colon or without.
 */
export function parseOperand(word: string): DiffOperand | OperandProblem {
  if (word === "")
    return { problem: "the name of a version is empty", help: "name a file or a git reference, or leave the word out" };
  if (word === "-") return { kind: "stdin" };
  if (word.startsWith("-"))
    return {
      problem: `"${word}" is neither a file nor a git reference`,
      help: "a reference does not start with a hyphen; a file that does is ./-NAME",
    };
  if (/^\.{0,2}\//.test(word) || word === "." || word === "..") return { kind: "file", name: word, isBare: false };
  const colon = colonOf(word);
  if (colon !== -1) return parsePath(word, word.slice(0, colon), word.slice(colon + 1));
  if (/\.(ya?ml|json)$/i.test(word)) return { kind: "file", name: word, isBare: true };
  if (word.includes("..")) return rangeProblem(word);
  return { kind: "ref", reference: word };
}

/** An operand as it is written on a command line. */
export function spellOperand(operand: DiffOperand): string {
  if (operand.kind === "stdin") return "-";
  if (operand.kind === "file") return operand.name;
  return operand.path === undefined ? operand.reference : `${operand.reference}:${operand.path}`;
}

/** The colon before the path; not one of `HEAD^{/fix: it}` or `main@{12:00}`. */
function colonOf(word: string): number {
  let depth = 0;
  for (const [index, character] of [...word.matchAll(/[{}:]/g)].map((match) => [match.index, match[0]] as const)) {
    if (character === ":" && depth === 0) return index;
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
  }
  return -1;
}

function parsePath(word: string, reference: string, path: string): DiffOperand | OperandProblem {
  if (reference === "")
    return {
      problem: `"${word}" is no version that can be compared`,
      help: "the index of git is not read; write REF:PATH, or ./FILE for a file",
    };
  if (reference.includes("..")) return rangeProblem(word);
  if (path === "" || path.endsWith("/"))
    return { problem: `"${word}" names no file`, help: `write ${reference}:PATH, or ${reference} alone` };
  if (path.startsWith("/"))
    return {
      problem: `"${word}" has a path that starts with a slash`,
      help: `paths behind a colon start at the top of the repository: ${reference}:${path.replace(/^\/+/, "")}`,
    };
  return { kind: "ref", reference, path };
}

function rangeProblem(word: string): OperandProblem {
  const [, one = "", dots = "", other = ""] = /^(.*?)(\.{2,3})(.*)$/.exec(word) ?? [];
  const both = [one, other].map((each) => (each === "" ? "HEAD" : each)).join(" ");
  return {
    problem: `"${word}" is a range, and a version is one commit`,
    help: `write the two: ${dots === "..." ? "--merge-base " : ""}${both}`,
  };
}
