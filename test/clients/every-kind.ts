import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parse } from "yaml";
import { runMatrix } from "../cli/test-io.ts";
import { root } from "../docs/markdown.ts";
import { type Declared, readStacks } from "../federation/read-stack.ts";
import { ASKED, type OidcToken } from "../federation/token.ts";
import { tokenOf } from "../federation/tokens.ts";
import type { RawFields } from "../synth/document.ts";
import { synthesize } from "../synth/synthesize.ts";
import type { FakeGoogle } from "./fake-google.ts";

// docs/examples/every-kind.yaml: what is synthesized of it, and what its callers have of their own.

const folder = `${root}docs/examples/`;
const text = readFileSync(`${folder}every-kind.yaml`, "utf8");
const { callers } = parse(text) as { readonly callers: Readonly<Record<string, RawFields>> };
const numbers: Readonly<Record<string, string>> = { "acme-prod": "111111111111", "acme-prod-data": "222222222222" };

/** Who may do what once its Terraform is applied, read without the program's own code. */
export function synthesizeEveryKind(): Declared {
  const keys = "keys/partner.jwks.json";
  const stacks = synthesize({ "every-kind.yaml": text, [keys]: readFileSync(folder + keys, "utf8") });
  return readStacks([...stacks.values()], numbers);
}

/** The members in the row of the service at a URL. */
export function invokersOf({ grants }: Declared, url: string): readonly string[] {
  const [, name, number, region] = /^https:\/\/([a-z]+)-(\d+)\.([a-z0-9-]+)\.run\.app$/.exec(url) ?? [];
  const project = Object.entries(numbers).find(([, each]) => each === number)?.[0];
  return grants.flatMap(({ on, member }) =>
    on.kind === "service" && on.name === `${project}/${region}/${name}` ? [member] : [],
  );
}

export function accountOf(caller: string, project = "acme-prod"): string {
  return `${caller}-sa@${project}.iam.gserviceaccount.com`;
}

/** What the platform of a caller says of it. */
export function claimsOf(caller: string): OidcToken {
  const token = tokenOf(callers[caller] ?? {}, { project: "acme-prod", keys: undefined });
  if (token?.kind !== "oidc") throw new Error(`${caller} has no token of its own`);
  return token;
}

/** What the platform signs for it, to be shown to a provider, with other claims where somebody says so. */
export function ownToken(google: FakeGoogle, caller: string, provider: string, change: RawFields): string {
  const { issuer, claims, audience } = claimsOf(caller);
  return google.mintOutside(issuer, { ...claims, aud: audience === ASKED ? `https:${provider}` : audience, ...change });
}

export interface Credentials {
  readonly file: string;
  readonly provider: string;
  /** Where the file says that the caller's own token is, and how; undefined for AWS. */
  readonly source: TokenFile | undefined;
}

interface TokenFile {
  readonly file: string;
  readonly format: { readonly subject_token_field_name?: string };
}

/** The file that `matrix wiring CALLER --credentials FILE` writes; the token is in the same folder. */
export async function credentialsOf(into: string, caller: string): Promise<Credentials> {
  const file = join(into, `${caller}.json`);
  const shown = caller === "pricing" ? [] : ["--token-file", join(into, `${caller}.token`)];
  const argv = ["wiring", caller, "every-kind.yaml", "--env", "prod", "--credentials", file, ...shown];
  const ran = await runMatrix(argv, { cwd: folder });
  expect(ran.code, ran.stderr).toBe(0);
  const json = readFileSync(file, "utf8");
  expect(json).not.toMatch(/service_account_impersonation_url|secret_|private/);
  const { audience, credential_source: source } = JSON.parse(json) as {
    readonly audience: string;
    readonly credential_source: TokenFile | { readonly environment_id: string };
  };
  return { file, provider: audience, source: "file" in source ? source : undefined };
}
