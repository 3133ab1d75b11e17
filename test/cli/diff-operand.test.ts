import { describe, expect, test } from "vitest";
import { parseOperand } from "../../src/cli/diff-operand.ts";

describe("an operand is told by its spelling alone", () => {
  test.each([
    ["-", { kind: "stdin" }],
    ["./main", { kind: "file", name: "./main", isBare: false }],
    ["../m.yaml", { kind: "file", name: "../m.yaml", isBare: false }],
    ["/tmp/m", { kind: "file", name: "/tmp/m", isBare: false }],
    ["./a:b.yaml", { kind: "file", name: "./a:b.yaml", isBare: false }],
    ["infra/matrix.yaml", { kind: "file", name: "infra/matrix.yaml", isBare: true }],
    ["matrix.YML", { kind: "file", name: "matrix.YML", isBare: true }],
    ["matrix.lock.json", { kind: "file", name: "matrix.lock.json", isBare: true }],
    ["a..b.yaml", { kind: "file", name: "a..b.yaml", isBare: true }],
    ["main", { kind: "ref", reference: "main" }],
    ["origin/main", { kind: "ref", reference: "origin/main" }],
    ["matrix", { kind: "ref", reference: "matrix" }],
    ["main~2^", { kind: "ref", reference: "main~2^" }],
    ["main@{2026-11-01 10:00}", { kind: "ref", reference: "main@{2026-11-01 10:00}" }],
    ["HEAD^{/fix: it}", { kind: "ref", reference: "HEAD^{/fix: it}" }],
    ["main:infra/matrix.yaml", { kind: "ref", reference: "main", path: "infra/matrix.yaml" }],
    ["main:./m.yaml", { kind: "ref", reference: "main", path: "./m.yaml" }],
    ["main:a:b.yaml", { kind: "ref", reference: "main", path: "a:b.yaml" }],
    ["HEAD^{/fix: it}:m.yaml", { kind: "ref", reference: "HEAD^{/fix: it}", path: "m.yaml" }],
  ])("%s", (word, operand) => {
    expect(parseOperand(word)).toEqual(operand);
  });

  test.each([
    ["", "name a file or a git reference, or leave the word out"],
    ["-x", "a reference does not start with a hyphen; a file that does is ./-NAME"],
    ["--upload-pack=x", "a reference does not start with a hyphen; a file that does is ./-NAME"],
    ["--output=m.yaml", "a reference does not start with a hyphen; a file that does is ./-NAME"],
    [":m.yaml", "the index of git is not read; write REF:PATH, or ./FILE for a file"],
    [":0:m.yaml", "the index of git is not read; write REF:PATH, or ./FILE for a file"],
    [":/fix", "the index of git is not read; write REF:PATH, or ./FILE for a file"],
    ["main:", "write main:PATH, or main alone"],
    ["main:infra/", "write main:PATH, or main alone"],
    ["main:/m.yaml", "paths behind a colon start at the top of the repository: main:m.yaml"],
    ["a..b", "write the two: a b"],
    ["a...b", "write the two: --merge-base a b"],
    ["a..", "write the two: a HEAD"],
    ["...b", "write the two: --merge-base HEAD b"],
    ["a..b:m.yaml", "write the two: a b:m.yaml"],
  ])("%j is refused", (word, help) => {
    expect(parseOperand(word)).toMatchObject({ help });
  });
});
