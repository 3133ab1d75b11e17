import * as fc from "fast-check";

/** Texts of one map in which values have anchors and others stand for them, alone, in lists, and merged. */
export const aliased = fc
  .array(
    fc.record({
      name: fc.constantFrom("a", "b", "c", "d", "e", "f"),
      anchor: fc.constantFrom("", "x", "y"),
      use: fc.constantFrom("", "x", "y"),
      form: fc.nat(7),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map((parts) => {
    const known = new Set<string>();
    const mapAnchors = new Set<string>();
    const used = new Set<string>();
    const lines = parts.flatMap(({ name, anchor, use, form }) => {
      if (used.has(name)) return [];
      used.add(name);
      const alias = known.has(use) && use !== anchor ? `*${use}` : "text";
      const mark = anchor === "" ? "" : ` &${anchor}`;
      const maps = [...known].filter((each) => each === use && use !== anchor && mapAnchors.has(each));
      const merge = maps.length > 0 ? `<<: *${use}` : "n: 1";
      const forms = [
        [`${name}: ${alias}`],
        [`${name}:${mark} word # c`],
        [`${name}:${mark} { k: 1, l: ${alias} }`],
        [`${name}:${mark}`, `  k: 2`, `  # c`, `  m: ${alias}`],
        [`${name}:${mark}`, `  ${merge}`, `  o: 3`],
        [`${name}:${mark} { ${merge}, k: 4 }`],
        [`${name}:${mark}`, `  - id: p`, `    v: ${alias}`, `  - { id: q }`],
        [`${name}: [${alias}, ${alias}]`],
      ];
      if (anchor !== "" && form > 0 && form < 7) {
        known.add(anchor);
        if (form > 1 && form < 6) mapAnchors.add(anchor);
        else mapAnchors.delete(anchor);
      }
      return forms[form] ?? [];
    });
    return `${lines.join("\n")}\n`;
  });
