// Packs the program, installs it into an empty folder as a user would, and runs it there: the files that are shipped
// must be enough, small, and without dependencies.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAX_INSTALLED_MIB = 30;
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "matrix-package-"));

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${error ?? stderr}${stdout}`);
  return stdout;
}

function sizeOf(path) {
  return readdirSync(path, { recursive: true }).reduce((sum, name) => {
    const stat = statSync(join(path, name));
    return sum + (stat.isFile() ? stat.size : 0);
  }, 0);
}

try {
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  run("npm", ["init", "--yes"], folder);
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--offline", `./${tarball}`], folder);
  const bin = join(folder, "node_modules/.bin/matrix");
  run(bin, ["init"], folder);
  run(bin, ["validate"], folder);
  const printed = run(bin, ["synth"], folder);
  JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/prod/cdk.tf.json"), "utf8"));
  run(bin, ["explain", "unknown-name"], folder);
  run(bin, ["schema"], folder);
  run(bin, ["snapshot", "--print-permissions"], folder);
  const shipped = join(folder, "node_modules/trust-matrix/matrix.example");
  const drift = spawnSync(bin, ["drift", `${shipped}.yaml`, "--env", "prod", "--snapshot", `${shipped}.snapshot.json`]);
  if (drift.status !== 1) throw new Error(`drift of the example ended with ${drift.status}: ${drift.stderr}`);
  const size = sizeOf(join(folder, "node_modules")) / 1024 / 1024;
  if (size > MAX_INSTALLED_MIB) throw new Error(`the installed package has ${size.toFixed(1)} MiB`);
  console.log(
    `packed, installed (${size.toFixed(1)} MiB with all its dependencies) and run in an empty folder:\n${printed.trim()}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
