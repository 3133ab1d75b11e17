import {
  type Arbitrary,
  array,
  assert,
  constantFrom,
  integer,
  oneof,
  pre,
  property,
  record,
  string,
  tuple,
} from "fast-check";
import { expect, test } from "vitest";
import { callerKinds } from "../../src/callers/registry.ts";
import { checkClaims, type ClaimText, composite } from "../../src/callers/composite.ts";

/** Texts of delimiters mostly: where joining could go wrong. */
const text = string({ unit: constantFrom(":", "|", "~", "^", "!", ";", "a", "b"), minLength: 1, maxLength: 4 });

/** The composite of a token: what its expression yields, worked out by hand. */
function yielded(expression: string, claims: readonly string[]): string {
  const delimiter = / \+ '(.)' \+ /.exec(expression)?.[1] ?? "";
  return claims.join(delimiter);
}

test("a token has the composite of a caller exactly where it has each of its claims", () => {
  const pairs = integer({ min: 1, max: 4 }).chain((length) => {
    const texts = array(text, { minLength: length, maxLength: length });
    // Often nearly the same, so that equality is met; a token's claims may be empty or hold anything.
    return tuple(
      texts,
      oneof(
        texts,
        array(string({ unit: constantFrom(":", "|", "a"), maxLength: 3 }), {
          minLength: length,
          maxLength: length,
        }),
      ),
    );
  });
  const holds = ([declared, token]: [string[], string[]]): void => {
    const claims = declared.map((value, i): ClaimText => ({ expression: `assertion.c${i}`, value, field: `c${i}` }));
    pre(checkClaims(claims, "everybody").length === 0);
    const match = composite("name", claims);
    if (match.by !== "attribute") throw new Error("not an attribute");
    expect(yielded(match.expression, declared)).toBe(match.value);
    expect(yielded(match.expression, token) === match.value).toBe(JSON.stringify(token) === JSON.stringify(declared));
  };
  const short = tuple(text, text, text, text);
  assert(property(pairs, holds), { numRuns: 300 });
  // The same characters, cut elsewhere.
  assert(
    property(short, ([a, b, c, d]) => {
      holds([
        [a + b, c + d],
        [a, b + c + d],
      ]);
      holds([
        [`${a}:${b}`, c],
        [a, `${b}:${c}`],
      ]);
    }),
    { numRuns: 100 },
  );
});

test("equal names have equal expressions, and two callers have one match exactly where they are one", () => {
  const word = constantFrom("main", "a:b", "a", "b:a", "x|y");
  const github = record(
    {
      ownerId: constantFrom("1", "11"),
      repository: constantFrom("a/b", "a/bc"),
      repositoryId: constantFrom("1", "11"),
      branch: word,
      environment: word,
      workflow: constantFrom(".github/workflows/a.yml", ".github/workflows/b.yml"),
    },
    { requiredKeys: ["ownerId", "repository"] },
  );
  const matchOf = (details: typeof github extends Arbitrary<infer T> ? T : never) => {
    const outside = callerKinds.github.outside?.({ key: "c", details, project: undefined, email: undefined });
    if (outside?.kind !== "pooled" || outside.match.by !== "attribute") throw new Error("no attribute");
    return outside.match;
  };
  assert(
    property(github, github, (one, other) => {
      const [a, b] = [matchOf(one), matchOf(other)];
      if (a.name === b.name) expect(a.expression).toBe(b.expression);
      // By its id a repository is the same whatever its name, unless a workflow's reference names it.
      const plain = ({ repository, repositoryId, ...rest }: typeof one) => {
        const isById = repositoryId !== undefined && (rest.workflow === undefined || rest.branch === undefined);
        const entries = Object.entries({ ...rest, repositoryId, repository: isById ? undefined : repository });
        return JSON.stringify(entries.filter(([, value]) => value !== undefined).sort());
      };
      expect(`${a.name}=${a.value}` === `${b.name}=${b.value}`).toBe(plain(one) === plain(other));
      expect(a.name).toMatch(/^[a-z0-9_]{1,100}$/);
    }),
    { numRuns: 300 },
  );
});
