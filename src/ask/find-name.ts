import { parseMember } from "../access/member.ts";
import { outsideOf } from "../callers/caller-of.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { DriftReport } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import { compareText } from "../words/compare-text.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { foldWords } from "../words/fold-words.ts";
import { nearestName } from "../words/nearest-name.ts";
import { principalName, principalNamed } from "./identities.ts";
import { calleeId, isEverybody } from "./live-pairs.ts";

/** A word of a command line that means nothing here, and what to write instead. */
export interface NameProblem {
  readonly problem: string;
  readonly help: string;
}

/** Where names are looked for. */
export interface Names {
  readonly matrix: Matrix;
  readonly world: World;
  /** Null where only the matrix was looked at. */
  readonly drift: DriftReport | null;
}

/** The callee that a word means: a key of the matrix; of what runs, its name or resource. */
export function findCallee(word: string, names: Names): string | NameProblem {
  const { matrix, world, drift } = names;
  if (world.services.has(word)) return word;
  const running = (drift?.running ?? []).filter((each) => each.resource === word || each.name === word);
  const ids = [...new Set(running.map(calleeId))].sort(compareText);
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    return { problem: `several services are called "${word}"`, help: `name one: ${enumerateWords(ids, "or")}` };
  if (world.callers.has(word) || matrix.names.get(word)?.section === "callers")
    return { problem: `${word} is a caller, which nobody calls`, help: "name a service" };
  return unknown(word, "service", names, [...world.services.keys()]);
}

/** The caller that a word means: a key of the matrix, or a principal as policies write it; an email alone will do. */
export function findCaller(word: string, names: Names): string | NameProblem {
  const { world, drift } = names;
  if (world.services.has(word) || world.callers.has(word) || word === INTERNET) return word;
  if (isEverybody(word)) return INTERNET;
  const principal = principalFor(word, names);
  if (principal !== undefined) return callerNamed(principal, world);
  const running = (drift?.running ?? []).filter((each) => each.resource === word || each.name === word);
  const ids = [...new Set(running.map(calleeId))];
  if (ids.length === 1 && ids[0] !== undefined) return ids[0];
  return unknown(word, "service or caller", names, [...world.services.keys(), ...world.callers.keys()]);
}

/**
 * A caller of the matrix is its principal, and nothing besides. A service may have had other accounts, or run as another;
 * and a caller from outside is its account only as far as it can become that.
 */
function callerNamed(principal: string, world: World): string {
  const [name, another] = new CallerNames(world).namesOf(principal);
  const caller = name === undefined || another !== undefined ? undefined : world.callers.get(name);
  return caller === undefined || outsideOf(caller) !== undefined ? principalName(principal) : caller.key;
}

/** A principal; an email alone is that of whoever has it: of an account by its domain, else of whom the policies name. */
function principalFor(word: string, { world, drift }: Names): string | undefined {
  const member = parseMember(word);
  if (member.kind !== "other") return member.principal;
  // Whatever a policy names is a principal; where it looks like a name, `member:` before it says that it is none.
  const named = principalNamed(word);
  if (/^principal(Set)?:\/\//.test(word) || drift?.access.some(({ principal }) => principal === named)) return named;
  if (!/^[^\s@:]+@[^\s@]+\.[^\s@]+$/.test(word)) return undefined;
  const kinds = ["serviceAccount", "user", "group"].map((kind) => parseMember(`${kind}:${word}`).principal);
  const known = new Set([
    ...[...world.callers.values()].map(({ principal }) => parseMember(principal).principal),
    ...(drift?.access ?? []).map(({ principal }) => principal),
  ]);
  return kinds.find((each) => known.has(each)) ?? kinds[word.endsWith(".gserviceaccount.com") ? 0 : 1];
}

/** How many names fit into a message. */
const LISTED = 20;

function listNames(names: readonly string[]): string {
  if (names.length <= LISTED) return enumerateWords(names, "and");
  return `${foldWords(names, { verbose: false })}; matrix list shows all`;
}

function unknown(word: string, what: string, { matrix, world }: Names, here: readonly string[]): NameProblem {
  const declared = matrix.names.get(word);
  if (declared?.section === "sets") {
    const members = [...matrix.expand(word)].sort(compareText);
    return { problem: `"${word}" is a set`, help: `name one of its members: ${enumerateWords(members, "or")}` };
  }
  if (declared !== undefined)
    return { problem: `${word} is not in ${world.environment.name}`, help: "name another --env" };
  const near = nearestName(word, here);
  return {
    problem: `no ${what} is called "${word}"`,
    help:
      near === undefined
        ? `there ${here.length === 1 ? "is" : "are"} ${listNames([...here].sort(compareText))}`
        : `did you mean "${near}"?`,
  };
}
