import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Environment } from "./environment.ts";
import { SetupError } from "./setup-error.ts";

/** Connections, kept open: straight ones, and those through the proxy that the environment names. */
export interface Connections {
  readonly straight: Dispatcher;
  readonly outside: Dispatcher;
  readonly close: () => Promise<void>;
}

/**
 * Opens connections for HTTPS_PROXY and NO_PROXY of the given environment. Node 20's own fetch knows no proxies. Throws
 * a SetupError for a proxy that is no URL.
 */
export function openConnections(env: Environment, connections: number): Connections {
  const options = { connections, pipelining: 1, keepAliveTimeout: 10_000 };
  const straight = new Agent(options);
  const httpsProxy = env.https_proxy || env.HTTPS_PROXY || "";
  if (httpsProxy === "") return { straight, outside: straight, close: () => straight.destroy() };
  const proxied = proxyAgent({
    ...options,
    httpsProxy,
    // Empty, so that nothing is taken from the process instead.
    httpProxy: "",
    noProxy: env.no_proxy || env.NO_PROXY || "",
  });
  return {
    straight,
    outside: proxied,
    close: async () => {
      await Promise.all([straight.destroy(), proxied.destroy()]);
    },
  };
}

function proxyAgent(options: EnvHttpProxyAgent.Options): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    // Without its text: a proxy's URL may hold a password.
    throw new SetupError("HTTPS_PROXY is not the URL of a proxy", "it looks like http://proxy.example:3128");
  }
}
