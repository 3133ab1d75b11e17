import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inputVariables } from "../../src/action/inputs.ts";
import { root } from "../docs/markdown.ts";

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

const action = parse(readFileSync(`${root}action.yml`, "utf8")) as Action;
const page = readFileSync(`${root}docs/review.md`, "utf8");
const source = ["report-result", "run-action"]
  .map((name) => readFileSync(`${root}src/action/${name}.ts`, "utf8"))
  .join();

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

  test("passes on each output of its step, and the step writes them", () => {
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.matrix.outputs.${name} }}`);
      expect(source).toMatch(new RegExp(`\\b${name}"?: `));
    }
    expect(action.runs.steps.at(-1)?.id).toBe("matrix");
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

test("the workflow of the docs grants no more than the action takes, and pins what it runs", () => {
  const [, workflow = ""] = /```yaml fragment\n(name: [^]*?)```/.exec(page) ?? [];
  const { permissions, jobs } = parse(workflow) as {
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly uses: string }[] }>>;
  };
  expect(permissions).toEqual({ contents: "read", "pull-requests": "write" });
  const uses = Object.values(jobs).flatMap(({ steps }) => steps.map((step) => step.uses));
  expect(uses.length).toBeGreaterThan(1);
  for (const use of uses) expect(use).toMatch(/^[\w.-]+\/[\w.-]+@(?:[0-9a-f]{40}|[A-Z_]+)$/);
});
