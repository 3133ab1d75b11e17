import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../docs/markdown.ts";
import { snippet, type SnippetLanguage } from "./snippets.ts";

export interface Bench {
  /** A folder for the files of callers. */
  readonly folder: string;
  /** Runs a program of docs/clients.md unmodified, with nothing in its environment but this. */
  readonly run: (
    language: SnippetLanguage,
    name: string,
    env: Readonly<Record<string, string | undefined>>,
  ) => Promise<Outcome>;
  /** What was run, as `js metadata`. */
  readonly ran: ReadonlySet<string>;
  readonly remove: () => void;
}

export interface Outcome {
  readonly code: number;
  /** Its lines. */
  readonly stdout: readonly string[];
  readonly stderr: string;
}

/** Ports on 127.0.0.1 that stand for ports 80 and 443 of every host, and the certificate of the second. */
export interface Ports {
  readonly http: number;
  readonly https: number;
  readonly certificate: string;
}

/** What a caller's machine has: Node with the libraries, curl that trusts the fakes, and gcloud. */
export function makeBench({ http, https, certificate }: Ports): Bench {
  const folder = mkdtempSync(join(tmpdir(), "matrix-clients-"));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const certificateFile = write("certificate.pem", certificate);
  write(
    ".curlrc",
    `connect-to = ":80:127.0.0.1:${http}"\nconnect-to = ":443:127.0.0.1:${https}"\ncacert = "${certificateFile}"\nnoproxy = "*"\nmax-time = 10\n`,
  );
  mkdirSync(join(folder, "bin"));
  chmodSync(write("bin/gcloud", GCLOUD), 0o755);
  mkdirSync(join(folder, "node_modules/@aws-sdk/credential-providers"), { recursive: true });
  symlinkSync(`${root}node_modules/google-auth-library`, join(folder, "node_modules/google-auth-library"));
  write("node_modules/@aws-sdk/credential-providers/package.json", '{"type":"module","main":"index.js"}');
  write("node_modules/@aws-sdk/credential-providers/index.js", AWS_SDK);
  // Python loads a module of this name before anything else.
  write("sitecustomize.py", PYTHON_REDIRECT);
  const base = {
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    HOME: folder,
    CURL_HOME: folder,
    PYTHONPATH: folder,
    FAKE_PORT: String(http),
  };
  const ran = new Set<string>();
  return {
    folder,
    ran,
    run(language, name, env) {
      const file = join(folder, `${name}.${{ js: "mjs", sh: "sh", python: "py" }[language]}`);
      // Once: another run may be reading it.
      if (!ran.has(`${language} ${name}`)) writeFileSync(file, snippet(language, name));
      ran.add(`${language} ${name}`);
      const [program, argv] = {
        js: [process.execPath, ["--import", REDIRECT, file]] as const,
        sh: ["/bin/sh", ["-e", file]] as const,
        python: ["python3", [file]] as const,
      }[language];
      return new Promise((resolve) => {
        execFile(program, argv, { env: { ...base, ...env }, timeout: 20_000 }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
          resolve({ code, stdout: stdout.split("\n").filter((line) => line !== ""), stderr });
        });
      });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const REDIRECT = fileURLToPath(new URL("redirect.mjs", import.meta.url));

/** What gcloud does for these commands, of whoever FAKE_ID_TOKEN and FAKE_ACCESS_TOKEN are of. */
const GCLOUD = `#!/bin/sh
case "$*" in
"auth print-identity-token") echo "$FAKE_ID_TOKEN" ;;
"auth print-access-token") echo "$FAKE_ACCESS_TOKEN" ;;
"auth print-identity-token --impersonate-service-account="*" --audiences="*" --include-email")
  curl -sS --fail -H "Authorization: Bearer $FAKE_ACCESS_TOKEN" -d "{\\"audience\\":\\"\${4#*=}\\",\\"includeEmail\\":true}" \\
    "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/\${3#*=}:generateIdToken" |
    sed 's/.*"token":"\\([^"]*\\)".*/\\1/' ;;
*) echo "gcloud $*: unknown here" >&2; exit 2 ;;
esac
`;

/** The one function of the AWS SDK that is used, with keys from variables under other names than Google's library reads. */
const AWS_SDK = `export const fromNodeProviderChain = () => async () => ({
  accessKeyId: process.env.FAKE_AWS_KEY, secretAccessKey: "not-checked", sessionToken: "not-checked",
});
`;

/** As redirect.mjs: what requests sends goes to the fakes. */
const PYTHON_REDIRECT = `import os, urllib.parse
try:
    from requests import adapters
except ImportError:
    adapters = None
if adapters:
    send = adapters.HTTPAdapter.send
    def redirected(self, request, **options):
        url = urllib.parse.urlsplit(request.url)
        request.headers["x-fake-host"] = url.hostname
        request.url = url._replace(scheme="http", netloc="127.0.0.1:" + os.environ["FAKE_PORT"]).geturl()
        return send(self, request, **options)
    adapters.HTTPAdapter.send = redirected
`;
