import * as fc from "fast-check";

/** Any text, half of the time one that is put together from parts that mean something to a format. */
export function textOf(parts: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...parts)).map((chosen) => chosen.join("")),
  );
}
