import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { type Ran, runMatrix, temporaryFolder } from "./test-io.ts";

/** Files of a test by name; the matrix is matrix.yaml. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

interface JsonReport {
  readonly findings: readonly {
    readonly rule: string;
    readonly message: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
  }[];
}

/** A folder that holds these files. */
export function folderOf(files: Files): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Runs a command, and makes sure that the program said something for people, and nothing of its own insides. */
export async function answer(argv: readonly string[], folder: string): Promise<Ran> {
  const ran = await runMatrix(argv, { cwd: folder });
  expect(ran.stderr).not.toMatch(/\n {4}at |has a bug/);
  expect([0, 1, 2]).toContain(ran.code);
  return ran;
}

/**
 * What validate says of a matrix, a line each: place, rule, message. Text and JSON must agree on the exit code. What
 * cannot be read at all is the error on standard error.
 */
export async function findingsOf(files: Files | string, name = "matrix.yaml"): Promise<readonly string[]> {
  const folder = typeof files === "string" ? files : folderOf(files);
  const text = await answer(["validate", name], folder);
  const ran = await answer(["validate", name, "--format", "json"], folder);
  expect(text.code).toBe(ran.code);
  return readFindings(ran, name);
}

/** The same of one run, for what takes long. */
export async function quickFindingsOf(files: Files): Promise<readonly string[]> {
  return readFindings(await answer(["validate", "matrix.yaml", "--format", "json"], folderOf(files)), "matrix.yaml");
}

function readFindings(ran: Ran, name: string): readonly string[] {
  if (ran.code === 2) return ran.stderr.trimEnd().split("\n");
  return (JSON.parse(ran.stdout) as JsonReport).findings.map(({ rule, message, file, line, column }) => {
    const place = file === name ? `${line}:${column}` : `${file}:${line}:${column}`;
    return `${place} ${rule}: ${message}`;
  });
}

/** A small matrix without findings, with more text at its end. */
export function matrixWith(text: string): string {
  return `version: 1
environments: { prod: { project: acme-prod, regions: [europe-west1] } }
services: { web: { ingress: all, public: { reason: Customers browse } }, cart: {} }
trust: { web -> cart: Shows the cart }
${text}`;
}
