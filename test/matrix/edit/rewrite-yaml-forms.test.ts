import { expect, test } from "vitest";
import { rewriteYaml } from "../../../src/matrix/edit/rewrite-yaml.ts";
import { type DataMap, diff, parse, rewritten } from "./rewritten.ts";

test("items of a list are known by their id", () => {
  const text = `exceptions:
  # The first.
  - id: A # a
    rule: x
  # The second.
  - { id: B, rule: y }
  - rule: z
    id: C
`;
  const after = { exceptions: [{ id: "B", rule: "w" }, { id: "N" }, { id: "C" }, { id: "D", rule: "v" }] };
  expect(rewriteYaml(text, after)).toBe(`exceptions:
  # The second.
  - { id: B, rule: w }
  - { id: N }
  - id: C
  - { id: D, rule: v }
`);
});

test("an alias stays as long as it means what it should", () => {
  const text = `x-base: &base { owner: a, mode: add }
services:
  one: &one { <<: *base, project: p }
  two: *one
  three:
    <<: *base
    # Its own.
    project: q
x-word: &word old
x-copy: *word
`;
  const all = rewritten(text, (data) => {
    data["x-word"] = "new";
    data["x-copy"] = "new";
  });
  expect(diff(text, all)).toBe("-x-word: &word old\n+x-word: &word new");
  const apart = rewritten(text, (data) => {
    data["x-word"] = "new";
    data["services"] = {
      ...(data["services"] as DataMap),
      two: { owner: "b" },
      three: { owner: "c", mode: "add", project: "q" },
    };
  });
  expect(diff(text, apart)).toBe(`-  two: *one
+  two: { owner: b }
-x-word: &word old
-x-copy: *word
+    owner: c
+x-word: &word new
+x-copy: old`);
  const gone = rewritten(text, (data) => {
    delete data["x-base"];
    delete data["x-word"];
  });
  expect(gone).toBe(`services:
  one: &one { project: p, owner: a, mode: add }
  two: *one
  three:
    # Its own.
    project: q
    owner: a
    mode: add
x-copy: old
`);
});

test("texts from Windows, without a last line break, in several lines of braces, and of JSON keep their form", () => {
  expect(rewriteYaml("\ufeffa:\r\n  b: 1\r\nc: 2", { a: { b: 1, d: { e: "x".repeat(95) } }, c: 3 })).toBe(
    `\ufeffa:\r\n  b: 1\r\n  d:\r\n    e: ${"x".repeat(95)}\r\nc: 3`,
  );
  const braces = "a: {\n  b: 1, # one\n  # two\n  c: 2, # two\n  d: 3 # three\n}\n";
  expect(rewriteYaml(braces, { a: { b: 1, d: 3, e: 4 } })).toBe("a: {\n  b: 1, # one\n  d: 3, # three\n  e: 4\n}\n");
  expect(rewriteYaml(braces, { a: { b: 1 } })).toBe("a: {\n  b: 1, # one\n}\n");
  expect(
    rewriteYaml('{\n  "version": 1,\n  "a": {"b": "c"}\n}\n', { version: 1, a: { b: "d", e: "f" }, g: ["h"] }),
  ).toBe('{\n  "version": 1,\n  "a": {"b": "d", "e": "f"},\n  "g": ["h"]\n}\n');
});

test("the first project of an environment stays the first, or becomes it", () => {
  const text = "environments:\n  prod:\n    projects:\n      b: { id: x }\n      c: { id: y }\n";
  const after = (projects: DataMap): string => rewriteYaml(text, { environments: { prod: { projects } } });
  const [a, b, c] = [{ id: "z" }, { id: "x" }, { id: "y" }];
  expect(Object.keys(projectsOf(after({ b, c, a })))).toEqual(["b", "c", "a"]);
  expect(Object.keys(projectsOf(after({ a, b, c })))).toEqual(["a", "b", "c"]);
});

function projectsOf(text: string): DataMap {
  return ((parse(text)["environments"] as DataMap)["prod"] as DataMap)["projects"] as DataMap;
}

test("a matrix of 1,000 services is rewritten in a few times what reading it takes", () => {
  const names = Array.from({ length: 1000 }, (_, i) => `service-${String(i).padStart(4, "0")}`);
  const text = `version: 1\nservices:\n${names.map((name) => `  ${name}:\n    owner: team # a\n    mode: add\n`).join("")}`;
  const services = Object.fromEntries(
    names.flatMap((name, i) => [
      [name, { owner: "team", mode: i % 2 === 0 ? "enforce" : "add" }],
      [`${name}-x`, {}],
    ]),
  );
  const [beforeReading] = [performance.now(), parse(text)];
  const start = performance.now();
  const result = rewriteYaml(text, { version: 1, services });
  expect(performance.now() - start).toBeLessThan(15 * (start - beforeReading));
  expect(result.split("\n")).toHaveLength(4003);
});

test("what is not right YAML is refused", () => {
  expect(() => rewriteYaml("a: [", {})).toThrow("right YAML only");
  expect(() => rewriteYaml("a: 1\n---\nb: 2\n", {})).toThrow("right YAML only");
});
