import type { Environment } from "../http/environment.ts";
import { isLoopback } from "../http/is-loopback.ts";
import { openConnections } from "../http/proxy.ts";
import { sendForHead } from "../http/send-for-head.ts";
import { SetupError } from "../http/setup-error.ts";
import { explainFailure } from "./transport.ts";

/** One call of a Cloud Run service. */
export interface FrontCall {
  readonly method: "HEAD" | "GET";
  /** Of a host under run.app, with https. */
  readonly url: string;
  /** The ID token to show; null for none. */
  readonly token: string | null;
  /**
   * In which header. Cloud Run looks at `x-serverless-authorization` alone where it is there, apps do not.
   * docs: /run/docs/authenticating/service-to-service
   */
  readonly header: "authorization" | "x-serverless-authorization";
}

/** What came back, as far as it says who answered. No text of it is kept: it might hold the token. */
export type FrontAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly proxy: boolean }
  | { readonly kind: "silent"; readonly reason: string };

export interface Front {
  /** Where calls go instead, in tests. */
  readonly override: string | null;
  readonly call: (call: FrontCall) => Promise<FrontAnswer>;
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

export interface FrontOptions {
  readonly version: string;
  readonly timeoutMs: number;
  readonly connections: number;
}

const OVERRIDE = "MATRIX_VERIFY_FRONT";

/** Connections to services. Throws a SetupError for a front that is not this machine. */
export function openFront(env: Environment, { version, timeoutMs, connections }: FrontOptions): Front {
  const override = readOverride(env[OVERRIDE]);
  const open = openConnections(env, connections);
  let calls = 0;
  return {
    override: override?.origin ?? null,
    count: () => calls,
    close: open.close,
    async call({ method, url, token, header: shown }) {
      const asked = new URL(url);
      if (!isServiceUrl(asked)) throw new Error("only services under run.app are called");
      calls += 1;
      const target = override === undefined ? asked : at(override, asked);
      const headers = {
        "user-agent": `trust-matrix/${version}`,
        ...(override === undefined ? {} : { host: asked.host }),
        ...(token === null ? {} : { [shown]: `Bearer ${token}` }),
      };
      try {
        const { status, header } = await sendForHead(override === undefined ? open.outside : open.straight, target, {
          method,
          headers,
          timeoutMs,
        });
        // Identity-Aware Proxy marks all that it answers itself; a redirect to sign in may be the app's. docs: /iap/docs/faq
        return { kind: "answer", status, proxy: header("x-goog-iap-generated-response") === "true" };
      } catch (error) {
        return { kind: "silent", reason: explainFailure(error, timeoutMs).reason };
      }
    },
  };
}

/** The same path elsewhere. It is not parsed again: one that starts with two slashes would name a host. */
function at(override: URL, { pathname, search }: URL): URL {
  const url = new URL(override);
  url.pathname = pathname;
  url.search = search;
  return url;
}

/** Whether a URL may be sent a token: nobody but Google answers below run.app. docs: /run/docs/triggering/https-request */
function isServiceUrl({ protocol, port, username, password, hostname }: URL): boolean {
  return (
    protocol === "https:" &&
    port === "" &&
    username === "" &&
    password === "" &&
    /^(?:[a-z0-9-]+\.)+run\.app$/.test(hostname)
  );
}

function readOverride(text: string | undefined): URL | undefined {
  if (text === undefined || text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== "http:" || !isLoopback(url.hostname) || url.pathname !== "/")
    throw new SetupError(`${OVERRIDE} must be http:// on this machine, like http://127.0.0.1:8080/`);
  return url;
}
