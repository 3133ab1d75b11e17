import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryDocument, NOON } from "./arbitrary-documents.ts";
import { type ResourceJson, resourcesOf, type StackJson } from "./stack-json.ts";
import { parseStack, synthesize, synthesizeMatrix, TODAY, validate } from "./synthesize.ts";
import { themes } from "./themes.ts";

// What holds of every stack, whatever the matrix: rules that Terraform itself has, and those that make a plan safe.

const ROW = /^google_cloud_run_v2_(service|job)_iam_(binding|member)$/;

const POOL = /^google_iam_workload_identity_pool(_provider)?$/;

interface PoolArguments {
  readonly attribute_condition?: string;
  readonly disabled?: boolean;
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

const addressOf = ({ type, name }: ResourceJson): string => `${type}.${name}`;

/** Each convention: what is wrong with a stack, nothing if it is kept. */
const conventions: Readonly<Record<string, (stack: StackJson) => readonly string[]>> = {
  "every resource names its project": (stack) =>
    resourcesOf(stack).flatMap((resource) =>
      typeof resource.args["project"] === "string" ||
      String(resource.args["parent"]).startsWith("projects/") ||
      // By its resource name, which holds a project, or by that of one that the stack holds.
      /^(projects\/|\$\{google_service_account\.)/.test(String(resource.args["service_account_id"]))
        ? []
        : [addressOf(resource)],
    ),
  "members refer to the accounts that the stack holds": (stack) => {
    const held = new Set(
      resourcesOf(stack).map(
        ({ args }) => `serviceAccount:${String(args["account_id"])}@${String(args["project"])}.iam.gserviceaccount.com`,
      ),
    );
    return rowsOf(stack)
      .flatMap(({ args }) => (args["members"] ?? Object.values(args["for_each"] ?? {})) as readonly string[])
      .filter((member) => held.has(member));
  },
  "rows have no condition and are granted before they are taken away": (stack) =>
    rowsOf(stack).flatMap((row) => {
      const lifecycle = row.args["lifecycle"] as { readonly create_before_destroy?: boolean } | undefined;
      return "condition" in row.args || lifecycle?.create_before_destroy !== true ? [addressOf(row)] : [];
    }),
  "nobody is named twice in a row": (stack) =>
    rowsOf(stack).flatMap(({ args }) => {
      const members = (args["members"] ?? []) as readonly string[];
      return members.filter((member, at) => members.indexOf(member) !== at);
    }),
  "no row is written twice": (stack) => {
    const targets = rowsOf(stack).map(({ args }) => JSON.stringify([args["project"], args["location"], args["name"]]));
    return targets.filter((target, at) => targets.indexOf(target) !== at);
  },
  "addresses are a key, a region and what it is": (stack) =>
    resourcesOf(stack)
      .filter(({ type }) => type !== "google_org_policy_policy" && !POOL.test(type))
      .map(addressOf)
      .filter((address) => !/^[a-z0-9_]+\.[a-z][a-z0-9-]*(_[a-zA-Z0-9-]+(_[a-zA-Z]+)?)?$/.test(address)),
  "pools and providers stay, and take nobody whom they do not name": (stack) =>
    resourcesOf(stack)
      .filter(({ type }) => POOL.test(type))
      .flatMap((pool) => {
        const { lifecycle, attribute_condition: condition, disabled } = pool.args as PoolArguments;
        const isOpen = pool.type.endsWith("_provider") && (condition ?? "") === "";
        return lifecycle?.prevent_destroy === true && !isOpen && disabled !== undefined ? [] : [addressOf(pool)];
      }),
  "nobody outside acts as an account by more than this role": (stack) =>
    resourcesOf(stack)
      .filter(({ type, name }) => type.startsWith("google_service_account_iam_") && name.endsWith("_impersonators"))
      .filter(({ args }) => args["role"] !== "roles/iam.workloadIdentityUser")
      .map(addressOf),
  "what is declared is neither forgotten nor moved away": (stack) => {
    const declared = new Set(resourcesOf(stack).map(addressOf));
    return [...(stack.removed ?? []), ...(stack.moved ?? [])]
      .map(({ from }) => from)
      .filter((from) => declared.has(from));
  },
  "what is moved arrives, and is not forgotten": ({ moved = [], removed = [], ...stack }) => {
    const there = new Set([...resourcesOf(stack).map(addressOf), ...moved.map(({ from }) => from)]);
    const forgotten = new Set(removed.map(({ from }) => from));
    return moved.flatMap(({ from, to }) => (there.has(to) && !forgotten.has(from) && !forgotten.has(to) ? [] : [from]));
  },
  "nothing is moved, forgotten or imported twice, and nothing forgotten is destroyed": (stack) => {
    const { moved = [], removed = [], import: imported = [] } = stack;
    const lists = [
      moved.map(({ from }) => from),
      moved.map(({ to }) => to),
      removed.map(({ from }) => from),
      imported.map(({ to }) => to),
    ];
    const twice = lists.flatMap((list) => list.filter((each, at) => list.indexOf(each) !== at));
    return [...twice, ...removed.filter(({ lifecycle }) => lifecycle.destroy).map(({ from }) => from)];
  },
  "Terraform is as new as what is written needs": (stack) => {
    const needed = stack.removed === undefined ? ">= 1.5" : ">= 1.7";
    return stack.terraform.required_version === needed ? [] : [stack.terraform.required_version];
  },
};

function rowsOf(stack: StackJson): readonly ResourceJson[] {
  return resourcesOf(stack).filter(({ type }) => ROW.test(type));
}

function brokenIn(files: Iterable<string>): readonly string[] {
  return [...files].flatMap((file) =>
    Object.entries(conventions).flatMap(([name, wrongIn]) =>
      wrongIn(parseStack(file)).map((what) => `${name}: ${what}`),
    ),
  );
}

describe("every stack keeps the conventions", () => {
  test.each(themes)("$name", ({ text }) => {
    expect(brokenIn(synthesize(text, TODAY).values())).toEqual([]);
  });

  test("of any matrix", () => {
    fc.assert(
      fc.property(arbitraryDocument, (document) => {
        const { matrix, findings } = validate(JSON.stringify(document), NOON);
        if (matrix === undefined || findings.some(({ stopsSynth }) => stopsSynth)) return;
        expect(brokenIn(synthesizeMatrix(matrix).values())).toEqual([]);
      }),
      { numRuns: 60, seed: 20261122 },
    );
  });
});
