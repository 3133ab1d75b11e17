// Loaded with `node --import`: whatever a snippet sends to any host goes to the fakes at FAKE_PORT, which see in
// `x-fake-host` whom it was for. Nothing else of the snippet or of the library is changed.
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

const port = Number(process.env.FAKE_PORT);
const plain = http.request;
const fetched = globalThis.fetch;

/** As node-fetch calls it, which google-auth-library sends with. */
function request(target, options, callback) {
  const url = new URL(target);
  const headers = { ...options.headers, "x-fake-host": url.hostname };
  const path = url.pathname + url.search;
  return plain({ method: options.method, headers, host: "127.0.0.1", port, path }, callback);
}

http.request = request;
https.request = request;
syncBuiltinESMExports();

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const headers = new Headers(init?.headers);
  headers.set("x-fake-host", url.hostname);
  return fetched(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers });
};
