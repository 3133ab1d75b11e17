import { once } from "node:events";
import { createServer } from "node:net";

export interface Trap {
  /** The proxy for a browser. */
  readonly url: string;
  /** How often somebody knocked since the last time this was asked. */
  takeCount(): number;
}

/**
 * A proxy that answers nothing and counts. A browser behind it reaches no network, and what Playwright reports as no
 * request, such as a connection made ahead or a favicon, is noticed all the same.
 */
export async function startTrap(): Promise<Trap> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.on("error", () => {}).destroy();
  });
  // The run must not wait for it.
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the trap has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    takeCount: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
