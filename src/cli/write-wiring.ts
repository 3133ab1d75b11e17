import { manifestOf } from "../callers/caller-of.ts";
import { callerKinds } from "../callers/registry.ts";
import type { Caller, Service } from "../matrix/model/world.ts";
import { formatJson } from "../report/json/format-json.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { formatYaml } from "../report/yaml/format-yaml.ts";
import type { WiredCaller, WiringReport } from "../wiring/wiring-report.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { isObject } from "../words/json.ts";
import type { Session } from "./session.ts";
import { replaceFile, type Sort } from "./replace-file.ts";
import { UsageError } from "./usage-error.ts";

/** The files that a command line asks for. */
export interface WantedFiles {
  readonly credentials?: string;
  readonly manifest?: string;
  readonly tokenFile?: string;
}

/**
 * Writes the file that a command line asks for, if it asks for one.
 * @returns whether it did
 * @throws UsageError where the caller has none, or where what it hangs on is not known
 */
export function writeWiring(
  { io, quiet }: Session,
  caller: Service | Caller,
  { callers: [wired] }: WiringReport,
  { credentials, manifest, tokenFile }: WantedFiles,
): boolean {
  if (wired === undefined) return false;
  if (tokenFile !== undefined) checkTokenFile(wired);
  const file = credentials ?? manifest;
  if (file === undefined) return false;
  const text = credentials === undefined ? manifestText(caller) : formatJson(credentialsOf(wired));
  if (file === "-") {
    io.stdout.write(text);
    return true;
  }
  replaceFile(io.disk, file, text, credentials === undefined ? manifestSort : credentialSort);
  if (!quiet) io.stderr.write(`wrote ${escapeTerminal(file)}\n`);
  return true;
}

/** A key of an account is of another type. */
const credentialSort: Sort = {
  what: "credential configuration",
  isSame(text) {
    try {
      const found: unknown = JSON.parse(text);
      return isObject(found) && found.type === "external_account";
    } catch {
      return false;
    }
  },
};

const manifestSort: Sort = {
  what: "manifest of matrix wiring",
  isSame: (text) =>
    text.startsWith("apiVersion: v1\nkind: ServiceAccount\n") &&
    !/^---/m.test(text) &&
    text.includes("iam.gke.io/gcp-service-account"),
};

/** @throws UsageError */
function credentialsOf(wired: WiredCaller): object {
  const provider = wired.outside?.provider ?? undefined;
  if (provider === undefined)
    throw new UsageError(`${wired.key} (${wired.kind}) has no credential configuration`, insteadOf(wired));
  if (provider.credentials === null)
    throw new UsageError(
      `the credential configuration holds the number of the project ${provider.project}, which is not known`,
      `write it beside the project in the matrix, as number, or give a --snapshot; gcloud projects describe ${provider.project} --format 'value(projectNumber)' prints it`,
    );
  return provider.credentials;
}

/** What a caller does that shows no token of another issuer. */
function insteadOf({ key, kind, token, outside }: WiredCaller): string {
  if (outside?.kind === "known") return `its pods ask their metadata server: matrix wiring ${key} --manifest FILE`;
  if (token.way === "metadata") return "it asks its metadata server, and needs no file";
  if (token.way === "person") return "people sign in: gcloud auth login";
  if (token.way === "impersonation")
    return `what runs as it needs none; others: gcloud auth application-default login --impersonate-service-account EMAIL`;
  return `a setting of ${kind} says as whom it calls: matrix wiring ${key}`;
}

/** @throws UsageError */
function manifestText(caller: Service | Caller): string {
  const manifest = "principal" in caller ? manifestOf(caller) : undefined;
  if (manifest === undefined)
    throw new UsageError(
      `${caller.key} (${caller.kind}) has no manifest`,
      `only callers of ${enumerateWords(kindsWithManifest(), "and")} have; matrix wiring ${caller.key} says what to set`,
    );
  return formatYaml(manifest);
}

function kindsWithManifest(): readonly string[] {
  return Object.values(callerKinds).flatMap(({ kind, manifest }) => (manifest === undefined ? [] : [kind]));
}

/** @throws UsageError where no token is read from a file */
function checkTokenFile({ key, kind, outside }: WiredCaller): void {
  if (outside?.provider?.tokenFile !== undefined && outside.provider.tokenFile !== null) return;
  throw new UsageError(
    `${key} (${kind}) reads no token from a file`,
    kind === "aws" ? "libraries sign a request to AWS instead: leave --token-file out" : "leave --token-file out",
  );
}
