import { describe, expect, test } from "vitest";
import { readLog } from "../../src/audit/read-log.ts";

describe("a file", () => {
  test("is a list, a list of an API, or a line for each entry", () => {
    for (const text of ['[{"a":1},{"a":2}]', '{"entries":[{"a":1},{"a":2}]}', '{"a":1}\n\n{"a":2}\n'])
      expect(readLog(text, "log")).toEqual({ items: [{ a: 1 }, { a: 2 }], badLines: 0, isCut: false });
    expect(readLog('{"a":1}\n{"a":', "log")).toEqual({ items: [{ a: 1 }], badLines: 1, isCut: false });
  });

  test.each(["", " \n", "words", "{", '"text"', "null"])("%j is none", (text) => {
    expect(readLog(text, "log")).toHaveProperty("problem");
  });
});
