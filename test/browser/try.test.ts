import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { hostileWorld } from "./hostile-world.ts";
import { hostileWriter, plainWriter } from "./payloads.ts";
import { folderOf } from "../cli/answer.ts";
import { runMatrix } from "../cli/test-io.ts";
test("x", async () => {
  for (const [n,w] of [["plain",plainWriter], ["hostile",hostileWriter]] as const) {
  const world = hostileWorld(w("what a matrix takes").write, w("all").write);
  const cwd = folderOf({ "matrix.yaml": world.matrix, "services/a.yaml": world.included, "s.json": world.snapshot });
  const r = await runMatrix(["report", "--env","prod", "--snapshot","s.json", "-o", `/tmp/i6e/${n}.html`], {cwd});
  console.log(r.code, r.stderr.slice(0,1500), r.stdout.slice(0,1500));
  }
  for (const [n,a] of [["ex",["--env", "prod", "--snapshot", "matrix.example.snapshot.json"]],["decl",["--env", "prod"]]] as const) {
  const r = await runMatrix(["report", "matrix.example.yaml", ...a, "-o", `/tmp/i6e/${n}.html`], {cwd: process.cwd()});
  console.log(r.code, r.stderr.slice(0,1500), r.stdout.slice(0,1500));
  }
});
