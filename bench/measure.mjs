import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const meter = fileURLToPath(new URL("meter.cjs", import.meta.url));

/** One run of `node ARGS` as a whole process: user CPU and wall time in milliseconds, peak memory in MiB. */
function runOnce(args, folder) {
  const file = join(folder, "meter.json");
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", meter, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 1e8,
    env: { ...process.env, METER: file },
  });
  const wall = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { ...JSON.parse(readFileSync(file, "utf8")), wall };
}

/**
 * Medians of several commands that take turns, so that a machine whose speed drifts does the same to each.
 * @param commands arguments of node by name
 */
export function measureInTurns(commands, runs, folder) {
  const names = Object.keys(commands);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  // One run of each that does not count: caches fill.
  for (const name of names) runOnce(commands[name], folder);
  for (let run = 0; run < runs; run++) for (const name of names) samples[name].push(runOnce(commands[name], folder));
  return Object.fromEntries(names.map((name) => [name, medians(samples[name])]));
}

function medians(samples) {
  const median = (key) => samples.map((sample) => sample[key]).sort((a, b) => a - b)[samples.length >> 1];
  return { user: median("user"), wall: median("wall"), memory: median("memory") };
}
