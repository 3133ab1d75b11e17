import type { KeyObject } from "node:crypto";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { envelopeText, signPayload } from "../../src/evidence/dsse.ts";
import { manifestText, sumOf } from "../../src/evidence/manifest.ts";

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
