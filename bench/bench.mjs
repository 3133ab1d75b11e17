// Prints the figures that the project promises, measured side by side in one run. Nothing here is asserted: machines differ.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { benchDiff } from "./diff.mjs";
import { makeSnapshot } from "./drift-model.mjs";
import { measureInTurns } from "./measure.mjs";
import { makeModel } from "./model.mjs";
import { benchPage } from "./page.mjs";
import { benchSweep } from "./sweep.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const matrix = join(root, "dist/matrix.cjs");
const folder = mkdtempSync(join(tmpdir(), "matrix-bench-"));
const rows = [];

function report(what, value, goal, isMet) {
  rows.push([what, value, goal, isMet ? "met" : "MISSED"]);
}

function modelFiles(services) {
  const { yaml, json } = makeModel(services, 10);
  const files = { yaml: join(folder, `${services}.yaml`), json: join(folder, `${services}.json`) };
  writeFileSync(files.yaml, yaml);
  writeFileSync(files.json, json);
  return files;
}

const ms = (value) => `${Math.round(value)} ms`;

function benchStart() {
  const { bare, version, validate } = measureInTurns(
    {
      bare: ["-e", "0"],
      version: [matrix, "--version"],
      validate: [matrix, "validate", join(root, "matrix.example.yaml")],
    },
    9,
    folder,
  );
  const ratio = (a, key) => a[key] / bare[key];
  for (const key of ["user", "wall"]) {
    const kind = key === "user" ? "user CPU" : "wall time";
    report(
      `matrix --version, ${kind}: ${ms(version[key])}; node -e 0: ${ms(bare[key])}`,
      `${ratio(version, key).toFixed(2)} x`,
      "at most 1.4 x",
      ratio(version, key) <= 1.4,
    );
    report(
      `matrix validate matrix.example.yaml, ${kind}: ${ms(validate[key])}`,
      `${ratio(validate, key).toFixed(2)} x`,
      "at most 2 x",
      ratio(validate, key) <= 2,
    );
  }
}

function benchSynth() {
  const { yaml, json } = modelFiles(1_000);
  const { synth, plain } = measureInTurns(
    {
      synth: [matrix, "synth", yaml, "--out", join(folder, "out"), "-q"],
      plain: [join(root, "bench/plain-cdktf.mjs"), json, join(folder, "plain")],
    },
    5,
    folder,
  );
  const factor = plain.user / synth.user;
  report(
    `synth of 1,000 services x 10 callers, user CPU: ${ms(synth.user)}; plain CDKTF: ${ms(plain.user)}`,
    `${factor.toFixed(2)} x less`,
    "at least 2, aim 3",
    factor >= 2,
  );
}

function benchGrowth() {
  const [small, large] = [modelFiles(1_000), modelFiles(10_000)];
  const result = measureInTurns(
    {
      small: [matrix, "synth", small.yaml, "--out", join(folder, "small"), "-q"],
      large: [matrix, "synth", large.yaml, "--out", join(folder, "large"), "-q"],
    },
    3,
    folder,
  );
  const perService = { small: result.small.user / 1_000, large: result.large.user / 10_000 };
  const growth = (perService.large / perService.small - 1) * 100;
  report(
    `user CPU per service, 1,000: ${perService.small.toFixed(2)} ms; 10,000: ${perService.large.toFixed(2)} ms`,
    `${growth.toFixed(0)} %`,
    "at most 30 % more",
    growth <= 30,
  );
  report(
    "peak memory of synth with 10,000 services x 10 callers",
    `${Math.round(result.large.memory)} MiB`,
    "under 1,536 MiB",
    result.large.memory < 1536,
  );
}

/** Reading over real HTTP, from a server that waits 50 ms before each answer. */
async function benchReading() {
  const services = 300;
  const { yaml } = modelFiles(services);
  const cloud = spawn(process.execPath, [join(root, "bench/cloud.mjs"), services, 50], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const [line] = await once(createInterface({ input: cloud.stdout }), "line");
    const env = { ...process.env, ...JSON.parse(line) };
    const times = [];
    let requests = "";
    for (let run = 0; run < 4; run++) {
      const started = performance.now();
      const { stderr, status } = spawnSync(process.execPath, [matrix, "drift", yaml, "-v"], { env, encoding: "utf8" });
      if (status !== 0) throw new Error(`drift ended with ${status}: ${stderr}`);
      times.push(performance.now() - started);
      requests = /^\d+ requests: .*$/m.exec(stderr)?.[0] ?? "";
    }
    const wall = times.slice(1).sort((a, b) => a - b)[1];
    report(
      `matrix drift, live, 300 services, 50 ms per answer (${requests}; deny policies: 5 reads a minute)`,
      ms(wall),
      "under 3,000 ms",
      wall < 3000,
    );
  } finally {
    cloud.stdin.end();
  }
}

/** Judging a snapshot: what drift takes beyond reading the matrix itself. */
function benchJudging() {
  const figures = [1_000, 10_000].map((services) => {
    const { yaml } = modelFiles(services);
    const snapshot = join(folder, `${services}.snapshot.json`);
    writeFileSync(snapshot, makeSnapshot(makeModel(services, 10)));
    return measureInTurns(
      { drift: [matrix, "drift", yaml, "--snapshot", snapshot], validate: [matrix, "validate", "-q", yaml] },
      3,
      folder,
    );
  });
  const [small, large] = figures.map(({ drift, validate }) => drift.wall - validate.wall);
  const [, { drift }] = figures;
  report(
    `a snapshot of 10,000 services and 100,000 bindings, judged (with the matrix read: ${ms(drift.wall)})`,
    ms(large),
    "under 5,000 ms",
    large < 5000,
  );
  report("peak memory of that", `${Math.round(drift.memory)} MiB`, "under 1,024 MiB", drift.memory < 1024);
  const growth = large / small;
  report(
    `judged, 1,000 services: ${ms(small)}; 10,000: ${ms(large)}`,
    `${growth.toFixed(1)} x`,
    "about 10 x",
    growth <= 13,
  );
}

/** A question must cost little beside reading the matrix that it is asked of. */
function benchAsking() {
  const { yaml } = modelFiles(10_000);
  const { load, ask } = measureInTurns(
    {
      load: [matrix, "validate", "-q", yaml],
      ask: [matrix, "who-can-call", "service-05000", yaml],
    },
    3,
    folder,
  );
  for (const key of ["user", "wall"]) {
    const kind = key === "user" ? "user CPU" : "wall time";
    const ratio = ask[key] / load[key];
    report(
      `who-can-call of 10,000 services and 100,000 edges, ${kind}: ${ms(ask[key])}; validate: ${ms(load[key])}`,
      `${ratio.toFixed(2)} x`,
      "under 2 x",
      ratio < 2,
    );
  }
}

/** Help must not pay for what it does not use. */
function benchHelp() {
  const { help, bare } = measureInTurns({ help: [matrix, "drift", "--help"], bare: ["-e", "0"] }, 9, folder);
  const ratio = help.user / bare.user;
  report(
    `matrix drift --help, user CPU: ${ms(help.user)}`,
    `${ratio.toFixed(2)} x`,
    "at most 1.6 x of node",
    ratio <= 1.6,
  );
}

try {
  benchStart();
  benchSynth();
  benchGrowth();
  benchHelp();
  benchDiff({ matrix, folder, report, ms });
  benchJudging();
  benchAsking();
  benchSweep({ matrix, folder, report, ms });
  await benchReading();
  await benchPage({ matrix, folder, report, ms });
} finally {
  rmSync(folder, { recursive: true });
}
const width = (column) => Math.max(...rows.map((row) => row[column].length));
for (const row of rows)
  console.log(row.map((cell, column) => (column === 3 ? cell : cell.padEnd(width(column)))).join("  "));
