import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rewriteYaml } from "../../../src/matrix/edit/rewrite-yaml.ts";
import type { Data } from "../../../src/matrix/text/parsed-file.ts";
import { parseYaml } from "../../../src/matrix/text/parse-yaml.ts";
import { sourceText } from "../../../src/matrix/text/source-text.ts";
import { aliased } from "./every-aliased-text.ts";
import { data, root, text } from "./every-text.ts";

const runs = { numRuns: 40 };

function parse(yaml: string): Data {
  const { file, problems } = parseYaml(sourceText("", yaml.replace(/^\ufeff/, "")));
  if (file === undefined && problems[0]?.message !== "the file is empty")
    throw new Error(`${problems[0]?.message}: ${yaml}`);
  return file?.data ?? null;
}

test("a text that means the same is the same text", () => {
  fc.assert(
    fc.property(text, (before) => {
      expect(rewriteYaml(before, parse(before))).toBe(before);
    }),
    runs,
  );
});

test("the new text means what it should, and rewriting it again changes nothing", () => {
  fc.assert(
    fc.property(text, root, fc.boolean(), (before, after, hasComments) => {
      const commentsAt = hasComments
        ? (path: readonly (string | number)[]): readonly string[] => [`at ${path.join("/")}`]
        : undefined;
      const result = rewriteYaml(before, after, commentsAt === undefined ? {} : { commentsAt });
      expect(parse(result)).toEqual(after);
      expect(rewriteYaml(result, after)).toBe(result);
    }),
    { numRuns: 40 },
  );
});

/** A change of one entry, as people and programs make them. */
function edited(value: Data, [first, ...rest]: readonly number[], by: Data): Data {
  if (typeof value !== "object" || value === null || first === undefined || Object.keys(value).length === 0) return by;
  if (Array.isArray(value))
    return value.map((item: Data, i) => (i === first % value.length ? edited(item, rest, by) : item));
  const names = Object.keys(value);
  const name = names[first % names.length] ?? "new";
  if (first % 5 === 4) return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  if (first % 5 === 3) return { ...value, added: by };
  return { ...value, [name]: edited((value as { readonly [key: string]: Data })[name] ?? null, rest, by) };
}

test("one change at a time leaves the lines of everything else as they are", () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }), data, (before, path, by) => {
      const old = parse(before) as { readonly [key: string]: Data };
      const after = edited(old, path, by) as { readonly [key: string]: Data };
      const result = rewriteYaml(before, after);
      expect(parse(result)).toEqual(after);
      // Every line outside of the sections that change is still there, in its order.
      const lines = result.replace(/^\ufeff/, "").split("\n");
      let at = 0;
      for (const line of untouchedLines(before, old, after)) {
        const found = lines.indexOf(line, at);
        expect(found, `${JSON.stringify(line)} of ${JSON.stringify(before)} in ${JSON.stringify(result)}`).not.toBe(-1);
        at = found + 1;
      }
    }),
    { numRuns: 40 },
  );
});

/** The lines of top-level entries whose data stays, without the last line of the text. */
function untouchedLines(
  before: string,
  old: { readonly [key: string]: Data },
  after: { readonly [key: string]: Data },
): readonly string[] {
  let stays = false;
  return before
    .replace(/^\ufeff/, "")
    .split("\n")
    .slice(0, -1)
    .filter((line) => {
      const found = /^(?:"((?:[^"\\]|\\.)*)"|([a-z]+)):/.exec(line);
      const name = found?.[2] ?? (found?.[1] === undefined ? undefined : (JSON.parse(`"${found[1]}"`) as string));
      if (/^\s*(#|$)/.test(line) && !line.startsWith("  ")) return false;
      if (name !== undefined)
        stays = JSON.stringify(old[name]) === JSON.stringify(after[name]) && Object.hasOwn(after, name);
      return stays && !/^(---|# |\r?$)/.test(line);
    });
}

/** The same with other scalars, and a new key in every map; lists stay as they are. */
function grown(value: Data): Data {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return value === 7 ? 8 : 7;
  const entries = Object.entries(value).map(([name, each]) => [name, grown(each)]);
  return entries.length === 0 ? value : { ...(Object.fromEntries(entries) as object), "n-1": "new" };
}

test("no comment goes where nothing is removed", () => {
  fc.assert(
    fc.property(text, fc.boolean(), (before, hasComments) => {
      const commentsAt = (): readonly string[] => (hasComments ? ["new"] : []);
      const after = grown(parse(before));
      const result = rewriteYaml(before, after, { commentsAt });
      expect(parse(result)).toEqual(after);
      const comments = (each: string): readonly string[] => (each.match(/# c\d+\./g) ?? []).toSorted();
      expect(comments(result)).toEqual(comments(before));
    }),
    runs,
  );
});

test("aliases mean what they should, whatever becomes of their anchors", () => {
  fc.assert(
    fc.property(
      aliased,
      fc.array(fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      data,
      (before, paths, by) => {
        expect(rewriteYaml(before, parse(before))).toBe(before);
        const after = paths.reduce((value, path) => edited(value, path, by), parse(before));
        expect(parse(rewriteYaml(before, after))).toEqual(after);
      },
    ),
    { numRuns: 40 },
  );
});
