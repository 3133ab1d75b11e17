import { canonicalJson } from "../../words/canonical-json.ts";
import { compareText } from "../../words/compare-text.ts";
import type { Arguments, StackFile } from "./stack-file.ts";

/** How one resource differs between two versions of a stack. */
export interface ResourceChange {
  readonly address: string;
  readonly kind: "added" | "changed" | "removed";
  /** What differs inside, a line each: members gained and lost, other arguments by name. */
  readonly details: readonly string[];
}

/** The resources that differ between what is on disk and what the matrix says, in order of address. */
export function compareStacks(before: StackFile | undefined, after: StackFile | undefined): readonly ResourceChange[] {
  const old = before?.resources ?? new Map<string, Arguments>();
  const now = after?.resources ?? new Map<string, Arguments>();
  const addresses = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return addresses.flatMap((address): readonly ResourceChange[] => {
    const [a, b] = [old.get(address), now.get(address)];
    if (a === undefined) return [{ address, kind: "added", details: [] }];
    if (b === undefined) return [{ address, kind: "removed", details: [] }];
    return canonicalJson(a) === canonicalJson(b) ? [] : [{ address, kind: "changed", details: detailsOf(a, b) }];
  });
}

function detailsOf(before: Arguments, after: Arguments): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key) => {
    if (canonicalJson(before[key] ?? null) === canonicalJson(after[key] ?? null)) return [];
    const [old, now] = [membersOf(before[key]), membersOf(after[key])];
    if (old === undefined || now === undefined) return [`${key}: ${shown(before[key])} -> ${shown(after[key])}`];
    return [
      ...old.filter((member) => !now.includes(member)).map((member) => `- ${member}`),
      ...now.filter((member) => !old.includes(member)).map((member) => `+ ${member}`),
    ];
  });
}

/** The members of a row, which are a list or, where they are added one by one, a map. */
function membersOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return value.every((item) => typeof item === "string") ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const values: readonly unknown[] = Object.values(value);
  return values.every((item) => typeof item === "string") ? (values as readonly string[]) : undefined;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
