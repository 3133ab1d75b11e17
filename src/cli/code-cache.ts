import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { Script } from "node:vm";

/** Node.js from 22.1 on caches compiled code itself; the types are those of the oldest Node.js that is supported. */
type ModuleOfNode = typeof nodeModule & { readonly enableCompileCache?: (folder: string) => unknown };

const DIGEST_BYTES = 32;

/** Set at build time: changes with every byte of the bundle. */
declare const BUILD_ID: string;

/**
 * Runs a CommonJS bundle. Half of the time of a short command is V8 compiling the same code again, so what it compiled
 * is kept under the user's cache folder, as Node.js does from version 22 on. A cache that V8, another version or
 * another user wrote is not used; without a home folder there is none.
 * @param command the name of the command, since each compiles another part
 */
export function runBundle(path: string, command: string): void {
  const folder = cacheFolder();
  const { createRequire, enableCompileCache } = nodeModule as ModuleOfNode;
  if (folder === undefined || enableCompileCache !== undefined) {
    if (folder !== undefined) enableCompileCache?.(folder);
    createRequire(path)(path);
    return;
  }
  const file = join(folder, `${BUILD_ID}-${process.version}-${process.arch}-${command}`);
  const cachedData = readOwn(file);
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "utf8")}\n})`;
  const script = new Script(source, { filename: path, ...(cachedData === undefined ? {} : { cachedData }) });
  const isUsed = cachedData !== undefined && script.cachedDataRejected !== true;
  // A wrong command line runs next to nothing, so there is nothing to keep.
  if (!isUsed) process.once("exit", (code) => code !== 2 && keep(file, script));
  const load = script.runInThisContext() as (...args: readonly unknown[]) => void;
  const module = { exports: {} };
  load(module.exports, createRequire(path), module, path, dirname(path));
}

function cacheFolder(): string | undefined {
  const { MATRIX_CODE_CACHE, XDG_CACHE_HOME, HOME } = process.env;
  if (MATRIX_CODE_CACHE === "off") return undefined;
  // A relative path would be below whatever folder the program is started in (and the XDG specification ignores it).
  if (isAbsolute(XDG_CACHE_HOME ?? "")) return join(XDG_CACHE_HOME ?? "", "trust-matrix");
  return isAbsolute(HOME ?? "") ? join(homedir(), ".cache", "trust-matrix") : undefined;
}

/** The file's bytes, if nobody but this user could have written them; a checkout of git is readable to all. */
function readOwn(file: string): Buffer | undefined {
  try {
    const { uid, mode } = statSync(file);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    if (!isOwn) return undefined;
    const bytes = readFileSync(file);
    const data = bytes.subarray(DIGEST_BYTES);
    return digest(data).equals(bytes.subarray(0, DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** V8 trusts what it is given: code of which one bit is wrong ends the process, each time anew. */
function digest(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

function keep(file: string, script: Script): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}`;
    const data = script.createCachedData();
    writeFileSync(temporary, Buffer.concat([digest(data), data]), { mode: 0o600 });
    renameSync(temporary, file);
    // What other builds left behind is of no use any more.
    for (const name of readdirSync(dirname(file))) {
      if (/^[0-9a-f]{16}-v/.test(name) && !name.startsWith(BUILD_ID)) unlinkSync(join(dirname(file), name));
    }
  } catch {
    // A cache that cannot be written is only slower.
  }
}
