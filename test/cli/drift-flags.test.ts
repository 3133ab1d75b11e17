import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { Disk } from "../../src/files/disk.ts";
import { TODAY } from "./test-io.ts";
import { transcripts } from "./transcript.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const nowhere = { write: () => {}, isTerminal: false, width: 100 };
const program = createProgram(
  {
    stdout: nowhere,
    stderr: nowhere,
    readStdin: () => new Uint8Array(),
    env: {},
    cwd: here,
    disk: new Disk(here),
    now: () => TODAY,
    sleep: () => Promise.resolve(),
    random: () => 0,
  },
  () => {},
);
const commandLines = [
  ...transcripts.map(({ text }) => text),
  ...readdirSync(here)
    .filter((name) => /drift.*\.test\.ts$/.test(name) && name !== "drift-flags.test.ts")
    .map((name) => readFileSync(`${here}${name}`, "utf8")),
].join("\n");

test.each(["drift", "snapshot", "diff"])("some test or transcript uses every option of %s", (name) => {
  const command = program.commands.find((each) => each.name() === name);
  const flags = (command?.options ?? []).flatMap(({ long }) => long ?? []);
  expect(flags.length).toBeGreaterThan(7);
  // The options of diff are those of drift.
  const own = flags.filter((flag) => !new RegExp(`["\\s]${flag}["\\s=]`).test(commandLines));
  expect(own).toEqual([]);
});
