import { gitIn } from "../git/run-git.ts";

/** What git says, without the line break at its end; undefined where it says no. */
export type AskGit = (...words: readonly string[]) => string | undefined;

/** Git in a folder, for questions with a short answer. */
export function askGitIn(folder: string): AskGit {
  const git = gitIn(folder, folder);
  return (...words) => {
    const { isOk, stdout } = git(words);
    return isOk ? stdout.toString().replace(/\n$/, "") : undefined;
  };
}
