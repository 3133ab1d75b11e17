import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

export interface Workspace {
  readonly folder: string;
  /** Where Terraform keeps what it needs between commands. */
  readonly data: string;
}

/** The copies on which Terraform works, laid out as synth does: a relative backend path leads to `root`. */
export class Workspaces {
  readonly #root: string;
  /** The `terraform` block with which each copy was initialised. */
  readonly #initialised = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  of(dir: string): Workspace {
    const stack = basename(resolve(dir));
    return {
      folder: join(this.#root, "cdktf.out", "stacks", stack),
      data: join(this.#root, "data", stack),
    };
  }

  /** Brings the copy up to date, and runs `init` where it is new or has another `terraform` block. */
  async prepare(dir: string, init: () => Promise<unknown>): Promise<void> {
    const { folder } = this.of(dir);
    await this.#copy(dir, folder);
    const synthesized = JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")) as {
      readonly terraform?: unknown;
    };
    const settings = JSON.stringify(synthesized.terraform ?? {});
    if (this.#initialised.get(folder) === settings) return;
    await init();
    this.#initialised.set(folder, settings);
  }

  /** State that Terraform wrote into the copy stays; a configuration file that is gone goes. */
  async #copy(dir: string, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const stale = (await readdir(folder)).filter((name) => /\.tf(\.json)?$/.test(name));
    await Promise.all(stale.map((name) => rm(join(folder, name))));
    const isTerraformsOwn = (path: string): boolean => /\.terraform|\.tfstate/.test(basename(path));
    await cp(dir, folder, { recursive: true, filter: (path) => !isTerraformsOwn(path) });
  }
}
