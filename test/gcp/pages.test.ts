import { describe, expect, test } from "vitest";
import type { ApiRequest, Outcome } from "../../src/gcp/api-client.ts";
import { googleList, knativeList, readList } from "../../src/gcp/pages.ts";

const request: ApiRequest = { api: "iam", path: "v1/x", query: { pageSize: "2" } };
const trouble: Outcome = { kind: "trouble", status: 503, reason: "503: away", error: null };
const page = (items: readonly unknown[] | undefined, nextPageToken?: string): Outcome => ({
  kind: "read",
  body: {
    ...(items === undefined ? {} : { things: items }),
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
  },
});

async function read(outcomes: readonly Outcome[], form = googleList("things")) {
  const asked: (ApiRequest["query"] | undefined)[] = [];
  const client = {
    call: ({ query }: ApiRequest) => {
      asked.push(query);
      return Promise.resolve(outcomes[asked.length - 1] ?? trouble);
    },
  };
  const list = await readList(client, request, form);
  return { ...list, asked };
}

test("pages are read to the end", async () => {
  const { items, asked } = await read([page([1], "a"), page([2], "b"), page([3])]);
  expect(items).toEqual({ status: "read", value: [1, 2, 3] });
  expect(asked).toEqual([{ pageSize: "2" }, { pageSize: "2", pageToken: "a" }, { pageSize: "2", pageToken: "b" }]);
});

test("an empty object is an empty list, an empty page is none", async () => {
  expect((await read([page(undefined)])).items).toEqual({ status: "read", value: [] });
  expect((await read([page(undefined, "a"), page([1], "b"), page(undefined)])).items).toEqual({
    status: "read",
    value: [1],
  });
});

test.each([
  [
    "a token that leads to itself",
    [page([1], "a"), page([2], "a"), page([3])],
    [1, 2],
    "page 3: a page token came twice",
  ],
  [
    "tokens that lead in a circle",
    [page([1], "a"), page([2], "b"), page([3], "a")],
    [1, 2, 3],
    "page 4: a page token came twice",
  ],
  ["a page that comes twice", [page([1], "a"), page([1], "b"), page([2])], [1], "page 2: a page came twice"],
  ["a last page that came before", [page([1], "a"), page([2], "b"), page([1])], [1, 2], "page 3: a page came twice"],
  ["a page that fails", [page([1], "a"), trouble], [1], "page 2: 503: away"],
  [
    "a page of another shape",
    [page([1], "a"), { kind: "read", body: { things: {} } } as const],
    [1],
    "page 2: things is not a list",
  ],
])("%s makes it partial", async (_, outcomes, value, reason) => {
  expect((await read(outcomes)).items).toEqual({ status: "partial", value, reason });
});

test.each([
  ["no list", { things: "none" }, "things is not a list"],
  ["a token that is no text", { things: [], nextPageToken: 7 }, "nextPageToken is not text"],
])("a first page with %s fails", async (_, body, reason) => {
  expect((await read([{ kind: "read", body }])).items).toEqual({ status: "failed", reason });
});

test.each([
  [403, "denied"],
  [401, "denied"],
  [404, "failed"],
  [null, "failed"],
])("a first page of %s is %s", async (status, expected) => {
  const { items } = await read([{ kind: "trouble", status, reason: "why", error: null }]);
  expect(items).toEqual({ status: expected, reason: "why" });
});

describe("of Kubernetes' shape", () => {
  const form = knativeList(["ServiceList"]);
  test("pages go on with metadata.continue", async () => {
    const { items, asked, bodies } = await read(
      [
        { kind: "read", body: { kind: "ServiceList", items: [1], metadata: { continue: "a" } } },
        { kind: "read", body: { kind: "ServiceList", items: [2], unreachable: ["r"] } },
      ],
      form,
    );
    expect(items).toEqual({ status: "read", value: [1, 2] });
    expect(asked[1]).toEqual({ pageSize: "2", continue: "a" });
    expect(bodies[1]).toMatchObject({ unreachable: ["r"] });
  });

  test.each([[{}], [{ items: [] }], [{ kind: "Status", items: [] }]])("%j is no list", async (body) => {
    expect((await read([{ kind: "read", body }], form)).items).toEqual({
      status: "failed",
      reason: "kind is not ServiceList",
    });
  });
});
