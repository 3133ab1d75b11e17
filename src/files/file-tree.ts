/** Where a matrix and its included files are read from: a disk, a git commit, a test. Names use slashes. */
export interface FileTree {
  /**
   * The bytes of a file, or why they cannot be had.
   * @param within a folder that the file must be inside of, links resolved
   */
  read(name: string, within?: string): FileContent;
  /** Every file below a folder, at any depth, in order; empty where the folder is not there. */
  list(folder: string): readonly string[];
  /** The folders below or around a folder whose files are of another tree, so that nobody can list them. */
  closedFolders?(folder: string): readonly string[];
  /** Why git would check one of these files out with other bytes than are read here; only commits have an answer. */
  alteredByCheckout?(names: readonly string[]): Refusal | undefined;
}

export interface Refusal {
  readonly problem: string;
  readonly help: string;
}

export type FileContent =
  | { readonly bytes: Uint8Array; readonly problem?: undefined }
  | { readonly problem: string; readonly help?: string };
