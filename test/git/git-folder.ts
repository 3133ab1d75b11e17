import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gitEnvironment } from "./git-environment.ts";

/** A folder that tests run git in. */
export class GitFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** A new folder; the test that makes it clears it away. */
  static temporary(): GitFolder {
    return new GitFolder(realpathSync(mkdtempSync(join(tmpdir(), "matrix-git-"))));
  }

  /** A new repository on a branch main, without a commit. */
  static repository(...words: readonly string[]): GitFolder {
    const folder = GitFolder.temporary();
    folder.git("init", "-q", "-b", "main", ...words, ".");
    return folder;
  }

  git(...words: readonly string[]): string {
    return execFileSync("git", words, {
      cwd: this.path,
      encoding: "utf8",
      env: { ...process.env, ...gitEnvironment },
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }

  /** Runs a command line as somebody does who copies it from the terminal. */
  shell(line: string): void {
    execFileSync("bash", ["-c", line], { cwd: this.path, env: { ...process.env, ...gitEnvironment }, stdio: "ignore" });
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
  }

  /** Writes files, adds all that there is, and commits it. Gives the commit. */
  commit(files: Readonly<Record<string, string | Buffer>>): string {
    this.write(files);
    this.git("add", "-A", ".");
    this.git("commit", "-q", "--allow-empty", "-m", "change");
    return this.git("rev-parse", "HEAD");
  }

  in(folder: string): GitFolder {
    return new GitFolder(join(this.path, folder));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
