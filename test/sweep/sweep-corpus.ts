import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SweepReport } from "../../src/sweep/sweep-report.ts";
import { sweepTexts } from "../../src/sweep/sweep-texts.ts";
import type { TextFile } from "../../src/sweep/text-file.ts";

/** Sweeps some texts without matrix or baseline. */
export function sweepAll(files: Iterable<readonly [string, string]>): Promise<SweepReport> {
  const texts = [...files].map(([name, text]): TextFile => ({ name, text }));
  return sweepTexts({
    load: () => texts,
    reading: () => ({
      swept: { paths: ["."], live: [], files: texts.length, services: 0, skipped: { binary: 0, huge: [] } },
      unread: [],
    }),
    matrix: undefined,
    environment: undefined,
    baseline: undefined,
    scheme: undefined,
  });
}

export function writeFiles(root: string, files: Iterable<readonly [string, string]>): void {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}
