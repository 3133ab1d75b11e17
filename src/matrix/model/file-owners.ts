import { compareText } from "../../words/compare-text.ts";
import type { Matrix } from "./matrix.ts";

/** Who has a say in one file of a matrix, each owner with who approves for it on GitHub. */
export interface FileOwners {
  readonly file: string;
  readonly owners: readonly FileOwner[];
  /** Why these. */
  readonly because: "approve rules" | "own services";
}

export interface FileOwner {
  readonly owner: string;
  readonly github: string | undefined;
}

/**
 * The owners of each file, in order of its name. An included file is of those who own the services in it, since who edits
 * it decides who may call them. The root file is of those who approve exceptions from rules: it holds rules, exceptions and
 * owners. Where a file has none of its own kind, it is of the other.
 */
export function fileOwners(matrix: Matrix, files: readonly string[]): readonly FileOwners[] {
  const { root, rules, names, owners, document } = matrix;
  const ownersIn = new Map<string, Set<string>>();
  for (const { section, value, place } of names.values()) {
    const owner = section === "services" ? (value.owner ?? document.defaults?.owner) : undefined;
    if (owner !== undefined) ownersIn.set(place.file, (ownersIn.get(place.file) ?? new Set()).add(owner));
  }
  const ofRules = new Set(rules.flatMap(({ value }) => value.approvers ?? []));
  return files.toSorted(compareText).map((file): FileOwners => {
    const ofServices = ownersIn.get(file) ?? new Set();
    const isOfRules = file === root ? ofRules.size > 0 : ofServices.size === 0;
    return {
      file,
      because: isOfRules ? "approve rules" : "own services",
      owners: [...(isOfRules ? ofRules : ofServices)]
        .sort(compareText)
        .map((owner) => ({ owner, github: owners?.get(owner)?.value.github })),
    };
  });
}
