import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { snippets } from "./snippets.ts";

// Their libraries are not there, so they are parsed and not run; where the interpreter is not there either, the run says
// that they were skipped.

function isThere(program: string, ...argv: readonly string[]): boolean {
  return spawnSync(program, argv, { stdio: "ignore" }).status === 0;
}

describe.skipIf(!isThere("python3", "--version"))("python3", () => {
  test("reads every program of docs/clients.md", () => {
    const texts = snippets.filter(({ language }) => language === "python").map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(2);
    const parse = "import ast, json, sys; [ast.parse(text) for text in json.load(sys.stdin)]";
    expect(() => execFileSync("python3", ["-c", parse], { input: JSON.stringify(texts), stdio: "pipe" })).not.toThrow();
  });
});

// In a variable, so that knip does not look for it among the packages.
const formatter = "gofmt";

describe.skipIf(spawnSync(formatter, ["-h"], { stdio: "ignore" }).error !== undefined)("gofmt", () => {
  test.each(snippets.filter(({ language }) => language === "go"))(
    "finds nothing to change at line $line",
    ({ text }) => {
      expect(execFileSync(formatter, ["-e"], { input: text, encoding: "utf8" })).toBe(text);
    },
  );
});
