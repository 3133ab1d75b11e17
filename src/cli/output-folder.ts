import { stackFile } from "../synth/output/manifest.ts";
import { readStackFile, type StackFile } from "../synth/output/stack-file.ts";
import type { Disk } from "../files/disk.ts";
import { UsageError } from "./usage-error.ts";

/** The file by which cdktf-cli finds the stacks; it writes one as well. */
export const MANIFEST = "manifest.json";

/** A folder that synthesized stacks are written to. Only what matrix itself wrote is ever replaced or removed. */
export class OutputFolder {
  readonly name: string;
  readonly #disk: Disk;

  constructor(disk: Disk, name: string) {
    this.#disk = disk;
    this.name = name;
  }

  /** The text of a file in the folder; undefined where there is none. */
  read(path: string): string | undefined {
    const content = this.#disk.read(this.path(path));
    return content.problem === undefined ? new TextDecoder().decode(content.bytes) : undefined;
  }

  /** The stacks that matrix wrote there, in order of name. */
  stacks(): readonly StackFile[] {
    return this.#disk.folders(this.path("stacks")).flatMap((name) => {
      const text = this.read(`stacks/${name}/cdk.tf.json`);
      return text === undefined ? [] : (readStackFile(name, text) ?? []);
    });
  }

  /** @throws UsageError where one of the files is there and matrix did not write it */
  refuseForeign(paths: readonly string[]): void {
    for (const path of paths) {
      const text = this.read(path);
      if (text === undefined || (path === MANIFEST ? isManifest(text) : readStackFile("", text) !== undefined))
        continue;
      throw new UsageError(
        `${this.path(path)} is not from matrix, and would be overwritten`,
        "choose another folder with --out, or move the file away",
      );
    }
  }

  write(path: string, text: string): void {
    if (this.read(path) !== text) this.#disk.write(this.path(path), text);
  }

  /**
   * Removes what matrix wrote of a stack. What else is in its folder stays: it may be the only copy of a state.
   * @returns whether the folder is gone
   */
  removeStack(name: string): boolean {
    return this.#disk.removeWithFolder(this.path(stackFile(name)));
  }

  path(path: string): string {
    return `${this.name.replace(/\/+$/, "")}/${path}`;
  }
}

function isManifest(text: string): boolean {
  try {
    const value = JSON.parse(text) as { readonly stacks?: unknown } | null;
    return typeof value?.stacks === "object";
  } catch {
    return false;
  }
}
