import { afterAll } from "vitest";
import type { GitFolder } from "./git-folder.ts";

/** For the top of a file of tests: what it returns keeps a folder until the last of them is through. */
export function keepFolders(): (folder: GitFolder) => GitFolder {
  const folders: GitFolder[] = [];
  afterAll(() => {
    for (const folder of folders) folder.remove();
  });
  return (folder) => {
    folders.push(folder);
    return folder;
  };
}
