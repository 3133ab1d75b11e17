import { afterEach, expect } from "vitest";
import { type Cloud, type CloudApi, type CloudOptions, startCloud } from "./server.ts";
import { smallWorld } from "./small-world.ts";
import type { CloudWorld } from "./world.ts";

let cloud: Cloud | undefined;

/** Starts the cloud that `ask` asks until the test ends. */
export async function start(world: CloudWorld = smallWorld, options: CloudOptions = {}): Promise<Cloud> {
  await cloud?.close();
  cloud = await startCloud(world, options);
  return cloud;
}

afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly body: unknown;
}

/** One request with the token that the cloud takes: a POST where there is something to post. */
export async function ask(api: CloudApi, path: string, { post }: { readonly post?: unknown } = {}): Promise<Reply> {
  const response = await fetch(`${cloud?.endpoints[api]}${path}`, {
    method: post === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${cloud?.env["GOOGLE_OAUTH_ACCESS_TOKEN"]}` },
    ...(post === undefined ? {} : { body: JSON.stringify(post) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The numbers in all pages of a list that holds records under `name`. */
export async function readPages(api: CloudApi, path: string, name: string, most = 10): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  let token = "";
  for (let page = 0; page < most; page += 1) {
    const mark = path.includes("?") ? "&" : "?";
    const { body } = await ask(api, token === "" ? path : `${path}${mark}pageToken=${token}`);
    expect(body).toBeTypeOf("object");
    const entries = new Map(Object.entries(body ?? {}));
    const items: unknown = entries.get(name);
    found.push(...(Array.isArray(items) ? items : []));
    const next: unknown = entries.get("nextPageToken");
    if (typeof next !== "string") {
      break;
    }
    token = next;
  }
  return found;
}

export const servicesPath = "v1/projects/acme-prod/locations/-/services";
export const askVersion3 = { options: { requestedPolicyVersion: 3 } };
