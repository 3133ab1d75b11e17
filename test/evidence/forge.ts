import type { KeyObject } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { envelopeText, signPayload } from "../../src/evidence/dsse.ts";
import { manifestText, sumOf } from "../../src/evidence/manifest.ts";
import { runMatrix } from "../cli/test-io.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const own = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { readonly version: string };

export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** A copy of a pack, changed, that says in its manifest what is in it. */
export function forgePack(
  pack: string,
  copy: string,
  change: (file: (path: string) => string) => void,
  { key, version = own.version }: { readonly key?: KeyObject; readonly version?: string } = {},
): void {
  cpSync(pack, copy, { recursive: true });
  const file = (path: string): string => join(copy, path);
  change(file);
  const listed = namesIn(copy).filter((each) => !each.startsWith("manifest."));
  const manifest = manifestText(new Map(listed.map((each) => [each, sumOf(readFileSync(file(each)))])), version);
  writeFileSync(file("manifest.json"), manifest);
  const payload = Buffer.from(manifest);
  writeFileSync(
    file("manifest.dsse.json"),
    envelopeText(payload, key === undefined ? [] : [signPayload(payload, key)]),
  );
}

const commit = "a".repeat(40);

/** A record of approvals of a change that needed none. */
export const record = {
  schema: "matrix/approvals/v1",
  repository: "acme/shop",
  pullRequest: 7,
  author: "ada",
  baseRef: "main",
  base: commit,
  compared: commit,
  head: commit,
  matrix: "matrix.example.yaml",
  asOf: "2026-11-01T00:00:00Z",
  needs: [] as readonly object[],
  complete: true,
  version: "1",
};

export const make = ["evidence", "matrix.example.yaml", "--env", "prod", "--snapshot"];

/** A folder with the example, and a pack of it with that record. */
export async function packedFolder(): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), "matrix-forged-"));
  for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"]) cpSync(`${root}${name}`, join(cwd, name));
  writeFileSync(join(cwd, "none.json"), JSON.stringify(record));
  await runMatrix([...make, "matrix.example.snapshot.json", "--out", "pack", "--approvals", "none.json"], { cwd });
  return cwd;
}
