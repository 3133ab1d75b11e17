import type { GridCallee, GridCaller } from "../ask/grid.ts";
import type { Labels } from "../matrix/model/world.ts";
import { placeText } from "./place-text.ts";

/** What is said of a service or caller: a word, and a text. */
export type Fact = readonly [label: string, text: string];

export function calleeFacts(callee: GridCallee): readonly Fact[] {
  const {
    kind,
    owner,
    description,
    labels,
    project,
    regions,
    undeclaredRegions,
    name,
    account,
    ingress,
    mode,
    stage,
    iap,
    span,
  } = callee;
  return present([
    [
      "Is",
      callee.key === null
        ? `a ${kind} that the matrix does not name`
        : `a ${kind}${callee.sensitive ? ", sensitive" : ""}`,
    ],
    ["Does", description],
    ["Owner", owner],
    ["Labels", labelTexts(labels).join(", ")],
    ["Runs in", `${project} (${regions.join(", ")})${name === callee.key ? "" : ` as ${name}`}`],
    [
      "Runs in besides",
      undeclaredRegions.length === 0 ? null : `${undeclaredRegions.join(", ")}, where the matrix does not have it`,
    ],
    ["Runs as", account],
    ["Ingress", ingress],
    ["Public", publicText(callee)],
    ["Behind", iap === null ? null : `Identity-Aware Proxy (${iap})`],
    ["Mode", mode],
    ["Stage", stage === "live" ? null : stage],
    ["Matrix", placeText(span)],
  ]);
}

export function callerFacts(caller: GridCaller): readonly Fact[] {
  const { kind, key, workload, principal, owner, description, labels, span } = caller;
  return present([
    ["Is", key === null && kind !== "internet" ? "a principal that the matrix does not name" : kindText(kind)],
    ["Who", workload],
    ["Does", description],
    ["Owner", owner],
    ["Labels", labelTexts(labels).join(", ")],
    ["Principal", kind === "internet" ? "allUsers" : principal],
    ["Matrix", placeText(span)],
  ]);
}

export function labelTexts(labels: Labels): readonly string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

export function kindText(kind: GridCaller["kind"]): string {
  return kind === "internet" ? "everybody, signed in or not" : kind;
}

function publicText({ public: open }: GridCallee): string | null {
  if (open === null) return null;
  const how = open.via === "allUsers" ? "everybody holds the role" : "its invoker check is off";
  return `yes: ${how}${open.reason === null ? "" : `; ${open.reason}`}`;
}

function present(facts: readonly (readonly [string, string | null])[]): readonly Fact[] {
  return facts.flatMap(([label, text]) => (text === null || text === "" ? [] : [[label, text] as const]));
}
