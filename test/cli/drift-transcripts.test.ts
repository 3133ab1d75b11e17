import { expect, test } from "vitest";
import { temporaryFolder } from "./test-io.ts";
import { replay, transcripts } from "./transcript.ts";

// What drift and snapshot say. `vitest -u` writes it down; the commands and the prose stay.
test.each(transcripts.filter(({ name }) => !/^\d/.test(name)))("$name", async ({ path, text }) => {
  await expect(await replay(text, temporaryFolder)).toMatchFileSnapshot(path);
});
