import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { nearestName } from "../../words/nearest-name.ts";
import { INTERNET } from "../model/match-selector.ts";
import type { Matrix } from "../model/matrix.ts";
import { type Reference, unknownReferences } from "../model/references.ts";
import { briefText } from "../../words/brief.ts";
import type { Rule } from "./rule.ts";

/** How many names are compared, all in all: to look for the nearest takes long, and thousands of wrong names are no slips. */
const MAX_COMPARED = 200_000;

/** References to names that nothing in the matrix has. */
export const unknownName: Rule = {
  id: "unknown-name",
  severity: "error",
  summary: "a name that nothing in the matrix has",
  stopsSynth: true,
  *check(matrix) {
    const nearest = suggester();
    for (const reference of unknownReferences(matrix)) {
      const { name, place, what } = reference;
      yield {
        ...(misplaced(reference, matrix) ?? {
          message: `no ${what} is called "${briefText(name)}"`,
          help: suggest(reference, nearest),
        }),
        at: place,
      } satisfies Draft;
    }
  },
};

interface Words {
  readonly message: string;
  readonly help: string;
}

/** A name on an edge that means something, and not what can stand there. */
function misplaced({ name, place: { path, occurrence } }: Reference, { names }: Matrix): Words | undefined {
  const [section, key] = path;
  if (section !== "trust" || path.length !== 2) return undefined;
  const isCallee = occurrence === "last";
  const [, callee = ""] = String(key).split(" -> ");
  if (name === INTERNET) {
    return isCallee
      ? { message: "internet is no service", help: "an edge says who may call a service here; what calls out has none" }
      : { message: "internet is no caller", help: `to let everybody call ${callee}, write public on ${callee}` };
  }
  if (name === "any" || name === "all")
    return { message: `no service, caller or set is called "${name}"`, help: "there are no wildcards; name a set" };
  return isCallee && names.get(name)?.section === "callers"
    ? { message: `${name} is a caller, and only services can be called`, help: "name a service, or a set of services" }
    : undefined;
}

function suggest({ name, known, what }: Reference, nearest: Suggest): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (name.startsWith("x-")) return "keys that start with x- are ignored, so nothing can be called that";
  if (known.size > 0 && known.size <= 8) return `known: ${enumerateWords([...known], "and")}`;
  return `declare it, or correct the name of the ${what}`;
}

type Suggest = (name: string, known: ReadonlySet<string>) => string | undefined;

/** The nearest name, as long as not too many were compared. */
export function suggester(): Suggest {
  let compared = 0;
  return (name, known) => {
    if (compared > MAX_COMPARED) return undefined;
    compared += known.size;
    return nearestName(name, known);
  };
}
