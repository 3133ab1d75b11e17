// `matrix diff` beside what reading both versions costs anyway.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureInTurns } from "./measure.mjs";

/** Services in a row, each called by ten before it, so that a new edge makes new paths; one edge in a hundred differs. */
function makeVersion(services, isLater) {
  const name = (i) => `service-${String(i).padStart(5, "0")}`;
  const edges = [];
  for (let i = 1; i < services; i++) {
    for (let j = 0; j < 10; j++) {
      const caller = i - 1 - j * 7;
      if (caller < 0) continue;
      const isMoved = isLater && (i * 10 + j) % 100 === 0;
      edges.push(`  ${name(isMoved ? Math.floor(caller / 2) : caller)} -> ${name(i)}: Calls it to do its own work`);
    }
  }
  const describe = (i) =>
    `  ${name(i)}: { owner: team-${i % 100}, description: Does what number ${i} does${i % 500 === 0 ? ", public: { reason: Shop }" : ""} }`;
  return [
    "version: 1",
    "environments:",
    '  prod: { project: bench-prod, number: "111111111111", regions: [europe-west1] }',
    "services:",
    ...Array.from({ length: services }, (_, i) => describe(i)),
    "trust:",
    ...new Set(edges),
    "",
  ].join("\n");
}

export function benchDiff({ matrix, folder, report, ms }) {
  const perService = [1_000, 10_000].map((services) => {
    const [before, after] = [false, true].map((isLater) => {
      const file = join(folder, `${services}-${isLater ? "after" : "before"}.yaml`);
      writeFileSync(file, makeVersion(services, isLater));
      return file;
    });
    const { diff, old, now } = measureInTurns(
      {
        diff: [matrix, "diff", before, after, "--format", "json"],
        old: [matrix, "validate", before],
        now: [matrix, "validate", after],
      },
      3,
      folder,
    );
    const ratio = diff.wall / (old.wall + now.wall);
    report(
      `diff of ${services.toLocaleString("en")} services x 10 callers, reach included: ${ms(diff.wall)}; to validate both: ${ms(old.wall + now.wall)}`,
      `${ratio.toFixed(2)} x`,
      "at most 1.5 x",
      ratio <= 1.5,
    );
    report(`peak memory of that`, `${Math.round(diff.memory)} MiB`, "under 1,536 MiB", diff.memory < 1536);
    return diff.user / services;
  });
  const [small, large] = perService;
  const growth = (large / small - 1) * 100;
  report(
    `diff, user CPU per service, 1,000: ${small.toFixed(2)} ms; 10,000: ${large.toFixed(2)} ms`,
    `${growth.toFixed(0)} %`,
    "at most 30 % more",
    growth <= 30,
  );
}
