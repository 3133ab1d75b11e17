import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { editSnapshot } from "./edit-snapshot.ts";
import { type Ran, runMatrix, temporaryFolder } from "./test-io.ts";

const example = readFileSync(new URL("../../matrix.example.yaml", import.meta.url), "utf8");

async function matrix(folder: string, text: string, ...argv: readonly string[]): Promise<Ran> {
  writeFileSync(join(folder, "matrix.yaml"), text);
  return runMatrix(argv, { cwd: folder });
}

const judged = ["--snapshot", "snapshot.json"];

test.each(["error", "warning", "info"])(
  "with a reason for each, what --write-exceptions prints accepts all that fails from %s on, and nothing else",
  async (failOn) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "snapshot.json"), editSnapshot(""));
    const printed = await matrix(folder, example, "drift", ...judged, "--fail-on", failOn, "--write-exceptions");
    expect(printed.code).toBe(1);

    const pasted = await matrix(folder, example + printed.stdout, "validate", "--format", "json");
    expect(pasted.code).toBe(1);
    const entries = printed.stdout.match(/- id: /g) ?? [];
    expect(entries.length).toBeGreaterThan(5);
    expect(pasted.stdout.match(/"rule": "placeholder-reason"/g)).toHaveLength(entries.length);

    const filled = printed.stdout.replaceAll("TODO: say why", "Known").replaceAll("owner: TODO", "owner: team-sre");
    const accepted = await matrix(folder, example + filled, "drift", ...judged, "--fail-on", failOn);
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toContain(`${entries.length} accepted`);

    writeFileSync(
      join(folder, "snapshot.json"),
      editSnapshot(`members(service("adservice")).push("user:eve@boutique.example");`),
    );
    const more = await matrix(folder, example + filled, "drift", ...judged, "--fail-on", failOn, "-q");
    expect(more.code).toBe(1);
    expect(more.stdout).toBe(
      "prod: error[undeclared-caller]: user:eve@boutique.example may call adservice, and no edge says so\n",
    );
  },
);

test("no text of a policy leaves its place in what is printed", async () => {
  const members = [
    "user:\u001b[31ma@x.example",
    "user:b\n  - id: EX-1@x.example",
    "user:c\u0085\u2028\u009b@x.example",
  ];
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, "snapshot.json"),
    editSnapshot(`members(service("adservice")).push(...${JSON.stringify(members)});`),
  );
  const { stdout } = await matrix(folder, example, "drift", ...judged, "--write-exceptions");
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  for (const line of stdout.split("\n"))
    expect(line).toMatch(/^(exceptions:|  # .*|  - id: DRIFT-[0-9a-f]{8}|    [a-z]+: .*|)$/);
});

test("nothing is printed where nothing fails", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "snapshot.json"), editSnapshot(""));
  const lint = `lint: { ${["public-undeclared", "invoker-check-disabled", "undeclared-caller", "undeclared-caller-inherited", "undeclared-caller-other-role", "declared-caller-missing", "default-runtime-account", "ingress-differs", "service-not-in-matrix"].map((id) => `${id}: info`).join(", ")} }\n`;
  const { stdout, code } = await matrix(folder, example + lint, "drift", ...judged, "--write-exceptions");
  expect([stdout, code]).toEqual(["", 0]);
});
