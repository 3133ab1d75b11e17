import { readStackFile, type StackFile } from "../synth/output/stack-file.ts";
import type { Disk } from "../files/disk.ts";
import { UsageError } from "./usage-error.ts";

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

  /** @throws UsageError where the file is there and matrix did not write it */
  write(path: string, text: string): void {
    const before = this.read(path);
    if (before === text) return;
    if (before !== undefined && path.endsWith("cdk.tf.json") && readStackFile("", before) === undefined) {
      throw new UsageError(
        `${this.path(path)} is not from matrix, and would be overwritten`,
        "choose another folder with --out, or move the file away",
      );
    }
    this.#disk.write(this.path(path), text);
  }

  /** Removes the folder of a stack that matrix wrote. */
  removeStack(name: string): void {
    this.#disk.removeFolder(this.path(`stacks/${name}`));
  }

  path(path: string): string {
    return `${this.name.replace(/\/+$/, "")}/${path}`;
  }
}
