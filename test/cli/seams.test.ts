import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { graphvizVersion } from "@viz-js/viz";
import { describe, expect, test } from "vitest";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const isBuilt = existsSync(`${dist}matrix.cjs`);

describe.skipIf(!isBuilt)("the built program (skipped where npm run build has not run)", () => {
  test("loads the auth library only to read, the evaluator only to judge, detectors only to sweep", () => {
    const entry = `require(${JSON.stringify(`${dist}matrix.cjs`)})`;
    const known = new Map<string, readonly string[]>();
    const run = (...argv: readonly string[]): readonly string[] => {
      const found = known.get(argv.join("\n"));
      if (found !== undefined) return found;
      const script = `process.argv.splice(1,0,"matrix");process.on("exit",()=>process.stderr.write("\\n@"+Object.keys(require.cache).join("\\n@")+"\\n"));${entry}`;
      const { stderr } = spawnSync(process.execPath, ["--eval", script, ...argv], {
        encoding: "utf8",
        env: { ...process.env, MATRIX_CODE_CACHE: "off" },
      });
      const loaded = [...stderr.matchAll(/^@.*\/dist\/(\w+)\.cjs$/gm)].map(([, name = ""]) => name).sort();
      known.set(argv.join("\n"), loaded);
      return loaded;
    };
    expect(run("drift", "--help")).not.toContain("gcp");
    expect(run("drift", "--help")).not.toContain("drift");
    const example = ["matrix.example.yaml", "--env", "prod", "--snapshot", "matrix.example.snapshot.json"];
    expect(run("drift", ...example)).toContain("drift");
    expect(run("drift", ...example)).not.toContain("gcp");
    expect(run("snapshot", "--print-permissions")).toContain("gcp");
    expect(run("sweep", "--help")).not.toContain("sweep");
    expect(run("sweep", "schemas")).toEqual(expect.arrayContaining(["sweep"]));
    expect(run("sweep", "schemas")).not.toContain("gcp");
    expect(run("adopt", "--help")).not.toContain("adopt");
    expect(run("modes", "matrix.example.yaml")).not.toContain("drift");
    expect(run("evidence", "--help")).not.toContain("evidence");
    expect(run("who-can-call", "--help")).not.toContain("ask");
    const asked = run("who-can-call", "ledger", "matrix.example.yaml");
    expect(asked).toContain("ask");
    expect(asked).not.toContain("drift");
    expect(run("list", ...example)).toEqual(expect.arrayContaining(["ask", "drift"]));
    expect(run("list", ...example)).not.toContain("gcp");
    const declared = ["matrix.example.yaml", "--env", "prod"];
    expect(run("graph", ...declared, "--format", "svg")).toContain("viz");
    expect(run("graph", ...declared, "--format", "dot")).toEqual(["ask", "main", "matrix"]);
    expect(run("help")).toEqual(["main", "matrix"]);
    expect(run("changes", "--log", "/dev/null", "--from", "2026-11-01", "--to", "2026-11-02", ...declared)).toContain(
      "audit",
    );
    const reviewed = run("review", "status", "matrix.example.yaml");
    expect(reviewed).toContain("review");
    expect(reviewed).not.toContain("gcp");
    expect(run("diff", "./matrix.example.yaml", "./matrix.example.yaml")).toContain("diff");
    expect(run("diff", "--live", ...example)).not.toContain("diff");
    expect(run("validate", "matrix.example.yaml")).not.toContain("diff");
    expect(run("validate", "matrix.example.yaml", "--new-since", "./matrix.example.yaml")).not.toContain("diff");
  });

  test("ships the notices of what is compiled into it", () => {
    const notices = readFileSync(`${dist}LICENSES.txt`, "utf8");
    expect(notices).toContain(`\nGraphviz ${graphvizVersion} (Eclipse Public License), inside @viz-js/viz\n`);
    expect(notices).toMatch(/https:\S+\/graphviz-[\d.]+\.tar\.gz\n\(SHA-256 [0-9a-f]{64}\)/);
    expect(notices).toMatch(/\nExpat [\d.]+ \(MIT\), inside @viz-js\/viz\n/);
    expect(notices).toContain("Thai Open Source Software Center");
    expect(notices).toMatch(/\nEmscripten [\d.]+ \(MIT/);
  });
});
