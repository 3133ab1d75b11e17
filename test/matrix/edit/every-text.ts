import * as fc from "fast-check";
import type { Data } from "../../../src/matrix/text/parsed-file.ts";

const key = fc.constantFrom(
  "a",
  "b",
  "c",
  "id",
  "services",
  "trust",
  "environments",
  "projects",
  "a -> b",
  "b -> a",
  "x-1",
);
const words = fc.oneof(
  fc.constantFrom(
    "yes",
    "null",
    "12",
    "-",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "{a",
    "a, b",
    "",
    " a",
    "a:",
    "line\nline\n",
    "*a",
    "<<",
    "---",
    "é",
    "0x1f",
    "1e3",
  ),
  fc.string({ maxLength: 6 }).filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text)),
);
const scalar: fc.Arbitrary<Data> = fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null));
export const { data } = fc.letrec<{ data: Data; map: { readonly [key: string]: Data } }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    scalar,
    tie("map"),
    fc.array(tie("data"), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom("p", "q", "r", "s"), tie("map")), { selector: ([id]) => id, maxLength: 4 })
      .map((items) => items.map(([id, rest]) => ({ ...rest, id }))),
  ),
  map: fc.dictionary(key, tie("data"), { maxKeys: 4, noNullPrototype: true }),
}));
export const root = fc.dictionary(key, data, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

/** A text of many styles that means a value: flow and block, comments, blank lines, quotes, indentation, documents. */
interface Random {
  readonly pick: (limit: number) => number;
}

function write(value: Data, indent: string, inFlow: boolean, random: Random, counter: { next: number }): string {
  const comment = (): string => (inFlow || random.pick(4) > 0 ? "" : ` # c${counter.next++}.`);
  if (typeof value !== "object" || value === null) {
    if (value === null && random.pick(3) === 0) return comment();
    if (typeof value === "string" && !inFlow && random.pick(3) === 0 && /^[a-z]+(\n[a-z]+)*\n$/.test(value))
      return ` |\n${value.replace(/^/gm, `${indent}  `).trimEnd()}\n`.trimEnd();
    return ` ${JSON.stringify(value)}${comment()}`;
  }
  const entries: [string | null, Data][] = Array.isArray(value)
    ? value.map((each: Data) => [null, each])
    : Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const asKey = (name: string): string => (/^[a-z]+$/.test(name) && random.pick(2) === 0 ? name : JSON.stringify(name));
  if (inFlow || entries.length === 0 || random.pick(3) === 0) {
    const isLong = random.pick(3) === 0;
    const parts = entries.map(
      ([name, each]) => (name === null ? "" : `${asKey(name)}:`) + write(each, indent, true, random, counter),
    );
    const bare = parts.map(
      (part, i) =>
        (part.trim() === "" ? " null" : part) +
        (isLong && i < parts.length - 1
          ? `, # c${counter.next++}.`
          : i < parts.length - 1 || (parts.length > 0 && random.pick(4) === 0)
            ? ","
            : ""),
    );
    return isLong
      ? ` ${open}\n${bare.map((part) => `${indent}    ${part.trim()}\n`).join("")}${indent}  ${close}${comment()}`
      : ` ${open}${bare.join("")} ${close}${comment()}`;
  }
  const step = Array.isArray(value) && random.pick(2) === 0 ? indent : `${indent}${" ".repeat(1 + random.pick(4))}`;
  return `${comment()}\n${writeLines(entries, step, random, counter, asKey)}`;
}

function writeLines(
  entries: readonly [string | null, Data][],
  indent: string,
  random: Random,
  counter: { next: number },
  asKey: (name: string) => string,
): string {
  return entries
    .map(([name, each]) => {
      const lead = random.pick(4) === 0 ? `${indent}# c${counter.next++}.\n` : random.pick(6) === 0 ? "\n" : "";
      const head = name === null ? "-" : `${asKey(name)}:`;
      return `${lead}${indent}${head}${write(each, indent, false, random, counter)}`;
    })
    .join("\n");
}

export const text = fc
  .tuple(
    root,
    fc.infiniteStream(fc.nat(999)),
    fc.constantFrom("", "---\n", "# head\n\n"),
    fc.constantFrom("", "\n", "\n\n# end\n"),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([value, numbers, head, tail, isWindows, hasMark]) => {
    const random: Random = { pick: (limit) => ((numbers.next().value as number | undefined) ?? 0) % limit };
    const body = writeLines(Object.entries(value), "", random, { next: 0 }, (name) =>
      /^[a-z]+$/.test(name) ? name : JSON.stringify(name),
    );
    const whole = head + body + tail;
    return (hasMark ? "\ufeff" : "") + (isWindows ? whole.replace(/\n/g, "\r\n") : whole);
  });
