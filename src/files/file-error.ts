/** A folder that cannot be listed, or a file that cannot be written; says which and why. */
export class FileError extends Error {
  readonly kind: "read" | "write";

  constructor(kind: "read" | "write", name: string, cause: unknown) {
    super(`${name} ${reasonOf(kind, cause)}`);
    this.name = "FileError";
    this.kind = kind;
  }
}

/** Why a file cannot be read or written, as the end of a sentence that starts with its name. */
export function reasonOf(kind: "read" | "write", cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return kind === "read" ? "does not exist" : "is in a folder that cannot be made";
    case "EISDIR":
      return "is a folder, not a file";
    case "EEXIST":
    case "ENOTDIR":
      return "has a file where a folder must be";
    case "EACCES":
    case "EPERM":
      return kind === "read" ? "may not be read by this user" : "may not be written by this user";
    case "ELOOP":
      return "is a link that leads back to itself";
    case "ENAMETOOLONG":
      return "is longer than any name can be";
    case "ENOSPC":
      return "cannot be written: no space is left";
    default:
      return `cannot be ${kind === "read" ? "read" : "written"} (${code ?? String(cause)})`;
  }
}
