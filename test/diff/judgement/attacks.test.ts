import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { judgeDiff, tell } from "./judged.ts";

const path = fileURLToPath(new URL("./attacks.md", import.meta.url));
const sections = readFileSync(path, "utf8").split(/^(?=## )/m);

// Each has a diff, what it must say whatever else, and what it says: `vitest -u` writes down the last.
test("changes that try to look like less than they are", async () => {
  await expect(sections.map(replay).join("")).toMatchFileSnapshot(path);
});

test.each(sections.slice(1).map((section) => ({ section, title: section.split("\n", 1).join("").slice(3) })))(
  "$title",
  ({ section }) => {
    const wanted = [...section.matchAll(/^Must say: (.*)$/gm)].map(([, line = ""]) => line);
    expect(wanted.length).toBeGreaterThan(0);
    const told = tell(judgeDiff(diffOf(section))).join("\n");
    for (const line of wanted) expect(told).toContain(line);
  },
);

function replay(section: string): string {
  const diff = diffOf(section);
  if (diff === "") return section;
  const told = tell(judgeDiff(diff)).join("\n");
  return `${section.slice(0, section.indexOf("```text"))}\`\`\`text\n${told}\n\`\`\`\n\n`.replace(
    /\n\n$/,
    endOf(section),
  );
}

function diffOf(section: string): string {
  return /```diff\n([^`]*)```/.exec(section)?.[1] ?? "";
}

function endOf(section: string): string {
  return section.endsWith("\n\n") ? "\n\n" : "\n";
}
