// Prints the figures that the project promises, measured side by side in one run. Nothing here is asserted: machines differ.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureInTurns } from "./measure.mjs";
import { makeModel } from "./model.mjs";

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

try {
  benchStart();
  benchSynth();
  benchGrowth();
} finally {
  rmSync(folder, { recursive: true });
}
const width = (column) => Math.max(...rows.map((row) => row[column].length));
for (const row of rows)
  console.log(row.map((cell, column) => (column === 3 ? cell : cell.padEnd(width(column)))).join("  "));
