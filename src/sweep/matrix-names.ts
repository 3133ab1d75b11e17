import type { Matrix } from "../matrix/model/matrix.ts";
import { compareText } from "../words/compare-text.ts";
import { wordsOf } from "./detect/name-meaning.ts";

/** What of a matrix tells which edge could replace a credential. */
export interface MatrixNames {
  /** The key of the service that a name in a file means; undefined for one that the matrix does not know. */
  readonly serviceOf: (name: string) => string | undefined;
  /** The service whose name a variable begins with, or holds: `BILLING_API_KEY` is of billing. */
  readonly namedIn: (variable: string) => string | undefined;
  /** The environments that declare an edge. */
  readonly declaredIn: (caller: string, callee: string) => readonly string[];
}

/** Shorter names are in too many words. */
const LEAST_LENGTH = 3;

/** @param only the environment that is swept; all, where none is named */
export function matrixNames({ worlds }: Matrix, only: string | undefined): MatrixNames {
  const chosen = worlds.filter(({ environment }) => only === undefined || environment.name === only);
  const services = new Map<string, string>();
  const declared = new Map<string, string[]>();
  for (const world of chosen) {
    for (const { key, name } of world.services.values()) {
      services.set(key, key);
      if (!services.has(name)) services.set(name, key);
    }
    for (const { caller, callee } of world.holding) {
      const edge = edgeKey(caller, callee);
      const names = declared.get(edge) ?? [];
      if (!names.includes(world.environment.name)) declared.set(edge, [...names, world.environment.name]);
    }
  }
  const spellings = [...new Set(services.values())].flatMap(spellingsOf);
  spellings.sort((a, b) => b.letters.length - a.letters.length || compareText(a.key, b.key));
  return {
    serviceOf: (name) => services.get(name),
    namedIn(variable) {
      const words = wordsOf(variable);
      const starts = [...words.keys()];
      const runs = starts.map((start) => words.slice(start));
      for (const run of runs) {
        const prefixes = run.map((_, index) => run.slice(0, index + 1).join(""));
        const found = spellings.find(({ letters }) => prefixes.includes(letters));
        if (found !== undefined) return found.key;
      }
      return undefined;
    },
    declaredIn: (caller, callee) => (declared.get(edgeKey(caller, callee)) ?? []).toSorted(compareText),
  };
}

/** `payment-service` is also written PAYMENTSERVICE and PAYMENT. */
function spellingsOf(key: string): readonly { readonly letters: string; readonly key: string }[] {
  const letters = wordsOf(key).join("");
  const short = letters.replace(/(service|svc|server|api|app)$/, "");
  return [...new Set([letters, short])]
    .filter((each) => each.length >= LEAST_LENGTH)
    .map((each) => ({ letters: each, key }));
}

function edgeKey(caller: string, callee: string): string {
  return JSON.stringify([caller, callee]);
}
