import type { Ran } from "../cli/test-io.ts";
import { generate } from "./corpus/unpack.mjs";

/** Two credentials, and a matrix that knows who could do without. */
export const key = generate("b62", 32, "command test");
export const other = generate("b62", 32, "command test, another");
export const matrix = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
  staging: { project: acme-staging, number: "222222222222", regions: [europe-west1] }
services: { web: { name: web-frontend }, checkout: {}, payment-service: {} }
trust:
  web -> checkout: Places orders
  checkout -> payment-service: { reason: Charges, environments: [prod] }
`;

/** What `--format json` writes, as far as these tests look at it. */
export interface Swept {
  readonly complete: boolean;
  readonly unread: readonly { readonly source: string; readonly reason: string }[];
  readonly swept: { readonly files: number; readonly services: number; readonly skipped: object };
  readonly baseline: Readonly<Record<string, unknown>> | null;
  readonly credentials: readonly {
    readonly id: string | null;
    readonly state: string;
    readonly rule: string;
    readonly services: readonly string[];
    readonly edges: readonly { readonly caller: string; readonly callee: string; readonly declared: boolean }[];
    readonly places: readonly {
      readonly file: string;
      readonly line: number | null;
      readonly service: string | null;
    }[];
  }[];
}

export function reportIn({ stdout }: Ran): Swept {
  return JSON.parse(stdout) as Swept;
}
