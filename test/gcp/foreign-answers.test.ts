import { assert, asyncProperty, constantFrom, nat } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSnapshot } from "../../src/gcp/read-snapshot.ts";
import { parseSnapshot } from "../../src/snapshot/parse-snapshot.ts";
import { everyWorld } from "../cloud/every-world.ts";
import { type Cloud, startCloud } from "../cloud/server.ts";
import { startTiny, type TinyServer } from "./tiny-server.ts";
import { virtualClock } from "./virtual-clock.ts";

/** What may stand where something else should: of another type, of the right one, a part of another path. */
const foreign = [
  null,
  0,
  -1,
  true,
  "",
  " ",
  ".",
  "..",
  "../..",
  "a/b",
  "a%2Fb",
  "?x=1",
  "#",
  "a\u0000b",
  "\ud800",
  "x".repeat(5000),
  "roles/..",
  "projects/x/roles/..",
  "serviceAccount:../x@y.iam.gserviceaccount.com",
  "group:",
  "folders/..",
  [],
  [null],
  [[]],
  ["..", {}],
  {},
  { name: ".." },
] as const;

let cloud: Cloud;
let mirror: TinyServer;
/** Changes the text of the answer to a request. */
let change: (text: string, request: string) => string = (text) => text;
let statusOf: (status: number) => number = (status) => status;

beforeAll(async () => {
  cloud = await startCloud(everyWorld);
  mirror = await startTiny((request, response, body) => {
    void forward(request.url ?? "", request.method ?? "", body).then(({ status, text }) =>
      response
        .writeHead(statusOf(status), { "content-type": "application/json" })
        .end(change(text, `${request.method} ${request.url}`)),
    );
  });
});
afterAll(async () => {
  await Promise.all([cloud.close(), mirror.close()]);
});

/** The first part of the path is the API. */
async function forward(
  url: string,
  method: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const [, api = "", rest = ""] = /^\/([a-z]+)\/(.*)$/s.exec(url) ?? [];
  const base = Object.entries(cloud.endpoints).find(([name]) => name === api)?.[1] ?? "";
  const answer = await fetch(`${base}${rest}`, {
    method,
    ...(method === "POST" ? { body } : {}),
    headers: { authorization: `Bearer ${cloud.env.GOOGLE_OAUTH_ACCESS_TOKEN}` },
  });
  return { status: answer.status, text: await answer.text() };
}

const env = () => ({
  ...Object.fromEntries(
    Object.keys(cloud.endpoints).map((api) => [
      `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`,
      `${mirror.url}${api}/`,
    ]),
  ),
  GOOGLE_OAUTH_ACCESS_TOKEN: cloud.env.GOOGLE_OAUTH_ACCESS_TOKEN,
});

async function read() {
  cloud.forget();
  const { snapshot } = await readSnapshot(
    { environment: null, projects: ["acme-prod"], scope: ["folders/222"], groups: true, activity: true, accounts: [] },
    {
      env: env(),
      clock: virtualClock(),
      random: () => 0,
      progress: () => undefined,
      version: "1",
      limits: { attempts: 1 },
    },
  );
  return snapshot;
}

/** How many places a value has, itself among them. */
function sizeOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 1);
}

/** The value with something else at one place. */
function replaceAt(value: unknown, place: { left: number }, garbage: unknown): unknown {
  place.left -= 1;
  if (place.left === -1) return garbage;
  if (Array.isArray(value)) return value.map((item) => replaceAt(item, place, garbage));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceAt(item, place, garbage)]));
}

test("one value of one answer may be anything: nothing is thrown, and nothing is asked that is not in the API", async () => {
  const answers = new Set<string>();
  change = (text, request) => {
    answers.add(request);
    return text;
  };
  await read();
  expect(answers.size).toBeGreaterThan(40);
  await assert(
    asyncProperty(
      constantFrom(...[...answers].sort()),
      nat(),
      constantFrom(...foreign),
      async (target, place, garbage) => {
        change = (text, request) => {
          if (request !== target) return text;
          const body: unknown = JSON.parse(text);
          return JSON.stringify(replaceAt(body, { left: place % sizeOf(body) }, garbage));
        };
        const snapshot = await read();
        expect(snapshot.projects.map(({ project }) => project)).toContain("acme-prod");
        expect(parseSnapshot(Buffer.from(JSON.stringify(snapshot)), "it")).toEqual(snapshot);
        // Unknown paths, and what would change something.
        expect(cloud.violations).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
}, 20_000);

test("a host that answers with the token does not get it into the snapshot", async () => {
  statusOf = () => 400;
  change = () => JSON.stringify({ error: { code: 418, message: `you sent ${cloud.env.GOOGLE_OAUTH_ACCESS_TOKEN}` } });
  const text = JSON.stringify(await read());
  expect(text).toContain("you sent [token]");
  expect(text).not.toContain(cloud.env.GOOGLE_OAUTH_ACCESS_TOKEN);
});
