import { describe, expect, test } from "vitest";
import { ask, askVersion3, readPages, servicesPath, start } from "./ask.ts";
import type { Fault } from "./faults.ts";
import { smallWorld } from "./small-world.ts";

describe("what a reader must not do", () => {
  test("writes and unknown paths answer 501 and are remembered", async () => {
    const { violations, requests } = await start();
    const path = "v1/projects/acme-prod:setIamPolicy";
    expect((await ask("cloudresourcemanager", path, { post: {} })).status).toBe(501);
    expect((await ask("iam", "v1/projects/acme-prod/locations/-/services")).status).toBe(501);
    expect(violations).toStrictEqual([
      "POST cloudresourcemanager /v1/projects/acme-prod:setIamPolicy",
      "GET iam /v1/projects/acme-prod/locations/-/services",
    ]);
    expect(requests).toMatchObject([
      { api: "cloudresourcemanager", method: "POST", query: "" },
      { api: "iam", method: "GET", headers: { authorization: "Bearer ya29.fake" } },
    ]);
  });
});

describe("what the world closes", () => {
  test("denied is 403, failed 500, disabled names the project, for that read alone", async () => {
    await start({
      ...smallWorld,
      closed: {
        "policy projects/acme-prod": "denied",
        "accounts projects/acme-prod": "failed",
        "services projects/acme-prod": "disabled",
      },
    });
    const path = "v3/projects/acme-prod";
    expect((await ask("cloudresourcemanager", `${path}:getIamPolicy`, { post: askVersion3 })).body).toMatchObject({
      error: {
        code: 403,
        status: "PERMISSION_DENIED",
        details: [
          { reason: "IAM_PERMISSION_DENIED", metadata: { permission: "resourcemanager.projects.getIamPolicy" } },
        ],
      },
    });
    expect((await ask("cloudresourcemanager", path)).status).toBe(200);
    expect((await ask("iam", "v1/projects/acme-prod/serviceAccounts")).status).toBe(500);
    expect((await ask("run", servicesPath)).body).toMatchObject({
      error: { code: 403, details: [{}, { reason: "SERVICE_DISABLED", metadata: { consumer: "projects/1001" } }] },
    });
  });
});

describe("pages", () => {
  test("Knative lists go on with `continue`, and a token of another list is refused", async () => {
    await start(smallWorld, { pageSize: 2 });
    const { body } = await ask("run", servicesPath);
    const token = String(Object(Object(body).metadata).continue);
    expect(body).toMatchObject({ items: [{}, {}] });
    expect((await ask("run", `${servicesPath}?continue=${token}`)).body).toMatchObject({
      items: [{ metadata: { name: "thumbs" } }],
    });
    expect((await ask("iam", `v1/projects/acme-prod/serviceAccounts?pageToken=${token}`)).status).toBe(400);
  });
});

describe("faults", () => {
  const path = "v1/projects/acme-prod/serviceAccounts";

  test.each([401, 403, 404, 409, 429, 500, 503] as const)("%s has Google's body", async (code) => {
    await start(smallWorld, { faults: () => code });
    const { status, body, headers } = await ask("iam", path);
    expect(status).toBe(code);
    expect(body).toMatchObject({ error: { code, message: expect.any(String), status: expect.any(String) } });
    expect(headers.get("retry-after")).toBe(code === 429 ? "1" : null);
  });

  test("broken connections and bodies", async () => {
    let fault: Fault = "reset";
    await start(smallWorld, { faults: () => fault });
    await expect(ask("iam", path)).rejects.toThrow();
    fault = "truncated";
    await expect(ask("iam", path)).rejects.toThrow();
    fault = "shortened";
    expect(await ask("iam", path)).toMatchObject({ status: 200, body: undefined });
    fault = "html";
    const page = await ask("iam", path);
    expect(page.text).toContain("<html>");
    expect(page.headers.get("content-type")).toContain("text/html");
    fault = "empty";
    expect(await ask("iam", path)).toMatchObject({ status: 200, body: {} });
  });

  test("a stalled answer never comes, and closing the cloud ends it", async () => {
    const cloud = await start(smallWorld, { faults: () => "stall" });
    const url = `${cloud.endpoints.iam}${path}`;
    await expect(fetch(url, { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    const hanging = fetch(url);
    const ended = expect(hanging).rejects.toThrow();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    await cloud.close();
    await ended;
  });

  test("a fault is of one request, and of one of its comings", async () => {
    const cloud = await start(smallWorld, { faults: ({ api }, nth) => (api === "iam" && nth === 0 ? 503 : undefined) });
    expect((await ask("iam", path)).status).toBe(503);
    expect((await ask("iam", path)).status).toBe(200);
    expect((await ask("run", servicesPath)).status).toBe(200);
    cloud.forget();
    expect((await ask("iam", path)).status).toBe(503);
  });

  const emails = async (): Promise<readonly string[]> =>
    (await readPages("iam", `${path}?pageSize=2`, "accounts")).map(
      (one) => String(Object(one).email).split("@")[0] ?? "",
    );

  test("a duplicated page: the second hides its own records, the first comes twice", async () => {
    await start(smallWorld, { faults: ({ query }) => (query.includes("pageToken") ? "duplicatedPage" : undefined) });
    expect(await emails()).toStrictEqual(["billing", "old", "billing", "old"]);
    await start(smallWorld, { faults: ({ query }) => (query.includes("pageToken") ? undefined : "duplicatedPage") });
    expect(await emails()).toStrictEqual(["billing", "old", "billing", "old", "new"]);
  });

  test("a looping token leads to its own page for ever", async () => {
    await start(smallWorld, { faults: ({ query }) => (query.includes("pageToken") ? undefined : "loopingToken") });
    expect(await emails()).toHaveLength(20);
  });
});

test("latency is per answer, and how many wait at once is counted", async () => {
  const cloud = await start(smallWorld, { latencyMs: 30 });
  const from = performance.now();
  await Promise.all([ask("run", servicesPath), ask("run", servicesPath), ask("iam", "v1/roles/run.invoker")]);
  expect(performance.now() - from).toBeGreaterThan(25);
  expect(cloud.mostAtOnce("run")).toBe(2);
  expect(cloud.mostAtOnce("iam")).toBe(1);
});
