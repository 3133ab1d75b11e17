import { compareText } from "../../words/compare-text.ts";
import { type Arguments, ownerOfAddress, type StackFile } from "./stack-file.ts";

/** Something that an earlier version of the Terraform holds and that applying the new one would destroy. */
export interface Removal {
  readonly stack: string;
  readonly address: string;
  /** The service or caller that it belongs to; of pools and providers, which belong to many, their own name. */
  readonly name: string;
  readonly what: "account" | "pool" | "provider" | "row" | "service";
  /** Whether the new one makes another at the same address. */
  readonly fate: "destroyed" | "replaced";
}

/** What a stack holds, moves and forgets, read from its file or planned. */
export type HeldStack = Pick<StackFile, "forgotten" | "moved" | "name" | "resources">;

const kinds: readonly (readonly [RegExp, Removal["what"]])[] = [
  [/^google_service_account\./, "account"],
  [/^google_cloud_run_v2_(service|job)_iam_(binding|member)\./, "row"],
  [/^google_cloud_run_v2_service\./, "service"],
  [/^google_iam_workload_identity_pool\./, "pool"],
  [/^google_iam_workload_identity_pool_provider\./, "provider"],
];

/** The accounts, rows, services and pools of earlier stacks that are neither held, moved nor forgotten by the new ones. */
export function findRemovals(before: readonly HeldStack[], after: readonly HeldStack[]): readonly Removal[] {
  const byName = new Map(after.map((stack) => [stack.name, stack]));
  return before
    .flatMap((old) => {
      const now = byName.get(old.name);
      return [...old.resources].flatMap(([address, args]): readonly Removal[] => {
        const what = kinds.find(([form]) => form.test(address))?.[1];
        const fate = now === undefined ? "destroyed" : fateOf(address, args, now);
        if (what === undefined || fate === "kept") return [];
        // A retired account was announced; its removal is the end of that.
        if (what === "account" && args["disabled"] === true) return [];
        return [{ stack: old.name, address, name: ownerOfAddress(address), what, fate }];
      });
    })
    .sort((a, b) => compareText(a.stack, b.stack) || compareText(a.address, b.address));
}

/** Arguments that Terraform cannot change in place (ForceNew in the provider). A changed role is a new row, granted first. */
const identity = ["account_id", "location", "name", "project"];

function fateOf(address: string, args: Arguments, now: HeldStack): Removal["fate"] | "kept" {
  let at = address;
  for (let next = now.moved.get(at); next !== undefined; next = now.moved.get(at)) at = next;
  if (now.forgotten.has(address) || now.forgotten.has(at)) return "kept";
  const held = now.resources.get(at);
  if (held === undefined) return "destroyed";
  return identity.every((key) => held[key] === args[key] || (isReference(held[key]) && isReference(args[key])))
    ? "kept"
    : "replaced";
}

/** The name of a service that the stack makes; what it refers to is compared by itself. */
function isReference(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("${");
}
