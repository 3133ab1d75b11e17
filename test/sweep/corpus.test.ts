import { describe, expect, test } from "vitest";
import type { SweepReport } from "../../src/sweep/sweep-report.ts";
import { type Corpus, readCorpus, scoreCorpus } from "./corpus/unpack.mjs";
import { sweepAll } from "./sweep-corpus.ts";

// The first part was written before the rules were tuned to it (then: precision 0.932, recall 0.948). The held-out part was
// written after that, and measured before anything was changed for it (0.958 and 0.920); what it showed to be missing was
// mended then. For the blind part nothing was ever changed (1.000 and 0.950): who mends what it shows must write another.

const parts = ["first", "held-out", "blind"] as const;

test("the corpus is large enough to mean something", () => {
  const marks = parts.flatMap((part) => readCorpus(part).marks);
  expect(marks.filter(({ isSecret }) => isSecret).length).toBeGreaterThanOrEqual(150);
  expect(marks.filter(({ isSecret }) => !isSecret).length).toBeGreaterThanOrEqual(280);
});

describe.each(parts)("the %s corpus", (part) => {
  const corpus = readCorpus(part);

  test("is told apart as expected", async () => {
    const report = await sweepAll(corpus.files);
    const score = scoreCorpus(corpus, placesOf(report));
    expect(score.wrong).toEqual([]);
    if (part === "blind") expect(score.recall).toBeGreaterThanOrEqual(0.95);
    else expect(score.missed.map(({ file, written }) => `${file}: ${written}`)).toEqual([]);
    await expect(table(corpus, report)).toMatchFileSnapshot(`corpus/${part}/expectations.md`);
  });

  test("is so in whatever order the files come", async () => {
    const there = await sweepAll(corpus.files);
    const back = await sweepAll([...corpus.files].toReversed());
    expect(back.credentials).toEqual(there.credentials);
  });
});

function placesOf({ credentials }: SweepReport) {
  return credentials.flatMap(({ number, places }) =>
    places.map(({ file, line }) => ({ file, line, credential: number })),
  );
}

/** What is marked, line by line, and what sweep says of the line. */
function table({ marks }: Corpus, report: SweepReport): string {
  const rows = marks.map(({ file, line, endLine, isSecret, written }) => {
    const found = report.credentials.filter(({ places }) =>
      places.some((place) => place.file === file && place.line >= line && place.line <= endLine),
    );
    const rules = [...new Set(found.map(({ rule }) => rule))].sort().join(", ");
    const shown = written.replaceAll("|", "\\|").replaceAll("`", "'");
    return `| ${file}:${line} | \`${shown}\` | ${isSecret ? "yes" : "no"} | ${rules} |`;
  });
  return `# What is expected of the corpus

A line with several marks stands here once for each of them, with all that is found on it.

| place | line | credential | found by |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
