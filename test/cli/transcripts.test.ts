import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "./test-io.ts";
import { replay } from "./transcript.ts";

const folder = fileURLToPath(new URL("./transcripts/", import.meta.url));

// `vitest -u` writes down what the commands say now; the commands and the prose stay.
test.each(readdirSync(folder).sort())("%s", async (name) => {
  const path = `${folder}${name}`;
  const now = await replay(readFileSync(path, "utf8"), temporaryFolder);
  await expect(now).toMatchFileSnapshot(path);
});
