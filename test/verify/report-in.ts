import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect } from "vitest";

export const schema = JSON.parse(readFileSync(new URL("../../schemas/verify.schema.json", import.meta.url), "utf8"));
const isValid = new Ajv({ strict: false }).compile(schema);

interface Call {
  readonly service: string;
  readonly credential: string;
  readonly caller: string | null;
  readonly verdict: string;
  readonly finding: string | null;
  readonly evidence: string;
  readonly status: number | null;
  readonly attempts: number;
  readonly after: number;
  readonly message: string;
}

export interface Report {
  readonly complete: boolean;
  readonly calls: readonly Call[];
  readonly leftOut: readonly { readonly service: string; readonly caller: string | null; readonly why: string }[];
}

/** A report that follows its schema. */
export function reportIn(stdout: string): Report {
  const report: unknown = JSON.parse(stdout);
  expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  return report as Report;
}

/** `caller -> service credential: verdict`. */
export function lines({ calls }: Report): readonly string[] {
  return calls.map(({ service, credential, caller, verdict, finding, evidence, status }) =>
    [`${caller ?? "*"} -> ${service}`, credential, finding ?? verdict, evidence, status ?? "-"].join(" "),
  );
}
