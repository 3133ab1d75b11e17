import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inputVariables } from "../../src/action/inputs.ts";
import { root } from "../docs/markdown.ts";
import { sharedCheckout } from "./act-on.ts";
import { approve } from "./approve.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id?: string;
      readonly uses?: string;
      readonly shell: string;
      readonly run: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

const checkout = sharedCheckout();
const action = parse(readFileSync(`${root}action.yml`, "utf8")) as Action;
const page = readFileSync(`${root}docs/review.md`, "utf8");
describe("action.yml", () => {
  test("lets no input near a shell: expressions stand in env alone, and variables are quoted", () => {
    expect(action.runs.using).toBe("composite");
    for (const { run, shell } of action.runs.steps) {
      expect(run).not.toContain("${{");
      expect(shell).toBe("bash");
      const bare = run.replaceAll(/"[^"]*"/g, "");
      expect(bare).not.toMatch(/[$`]/);
    }
  });

  test("runs nobody else's action", () => {
    expect(action.runs.steps.filter(({ uses }) => uses !== undefined)).toEqual([]);
  });

  test("hands each input to the variable that is read, and no other", () => {
    const wired = Object.assign({}, ...action.runs.steps.map(({ env }) => env ?? {})) as Record<string, string>;
    expect(wired).toEqual(
      Object.fromEntries(
        Object.entries(inputVariables).map(([input, variable]) => [variable, `\${{ inputs.${input} }}`]),
      ),
    );
    expect(Object.keys(action.inputs)).toEqual(Object.keys(inputVariables));
  });

  test("passes on each output of its step, and the step writes them", async () => {
    for (const [name, { value }] of Object.entries(action.outputs))
      expect(value).toBe(`\${{ steps.matrix.outputs.${name} }}`);
    expect(action.runs.steps.at(-1)?.id).toBe("matrix");
    const { outputs } = await approve(checkout, {});
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
  });

  test("says of every input and output what it is, here and in the docs", () => {
    for (const [name, { description }] of [...Object.entries(action.inputs), ...Object.entries(action.outputs)]) {
      expect(description).toMatch(/^\S.{10,}[^.]$/);
      expect(page).toContain(`| \`${name}\` |`);
    }
    for (const [name, { default: standard }] of Object.entries(action.inputs)) {
      if (name === "token" || standard === "") continue;
      expect(page).toMatch(new RegExp(`\\| \`${name}\` \\|.*\`${standard.replaceAll(/[.[\]]/g, "\\$&")}\``));
    }
  });
});

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string; with?: object }[] }>
  >;
}

const workflows = [...page.matchAll(/```yaml fragment\n(name: [^]*?)```/g)].map(
  ([, text = ""]) => parse(text) as Workflow,
);

describe("the workflows of the docs", () => {
  const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));

  test("run again where the base changes, and for no branch that anybody may make", () => {
    for (const { on } of workflows.slice(0, 2))
      expect(on["pull_request"]).toEqual({
        types: ["opened", "synchronize", "reopened", "edited"],
        branches: ["main"],
      });
  });

  test("grant no more than is taken", () => {
    const comments = { contents: "read", "pull-requests": "write" };
    expect(workflows.map(({ permissions }) => permissions)).toEqual([comments, comments, { actions: "write" }]);
  });

  test("pin what they run, and let no expression near a shell", () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    expect(uses).toHaveLength(5);
    for (const use of uses) expect(use).toMatch(/^[\w.-]+\/[\w.-]+@(?:[0-9a-f]{40}|[A-Z_]+)$/);
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  test("give the action inputs that there are, and a merge queue what it needs", () => {
    const given = steps.filter(({ uses }) => uses?.startsWith("platform/") === true).map((step) => step.with ?? {});
    for (const name of given.flatMap(Object.keys)) expect(Object.keys(inputVariables)).toContain(name);
    expect(Object.keys(workflows[1]?.on ?? {})).toEqual(["pull_request", "merge_group"]);
    expect(given[1]).toMatchObject({
      base: "${{ github.event.merge_group.base_sha }}",
      "require-approvals": "${{ github.event_name != 'merge_group' }}",
    });
  });
});
