import { describe, expect, test } from "vitest";
import type { CloudOptions } from "../cloud/server.ts";
import { folder, makeWorld, organization, project } from "../cloud/world.ts";
import { read, world } from "./read-once.ts";

describe("a scope", () => {
  const content = makeWorld({
    organizations: [organization("111")],
    folders: [folder("222", "organizations/111"), folder("333", "folders/222")],
    projects: [
      project("acme", "1001", { parent: "folders/333" }),
      project("beta", "1002", { parent: "folders/222" }),
      project("away", "1003", { parent: "organizations/111" }),
    ],
  });

  test("is listed at any depth, and all of it is read", async () => {
    const { snapshot } = await read(content, { request: { projects: [], scope: ["folders/222"] } });
    expect(snapshot.scopes).toEqual([
      { resource: "folders/222", projects: { status: "read", value: ["acme", "beta"] } },
    ]);
    expect(snapshot.projects.map((one) => one.project)).toEqual(["acme", "beta"]);
    expect(snapshot.containers.map(({ resource }) => resource)).toEqual([
      "folders/222",
      "folders/333",
      "organizations/111",
      "projects/acme",
      "projects/beta",
    ]);
  });

  test("of one project is that project", async () => {
    const { snapshot } = await read(content, { request: { projects: [], scope: ["projects/away"] } });
    expect(snapshot.scopes).toEqual([]);
    expect(snapshot.projects.map((one) => one.project)).toEqual(["away"]);
  });

  test("that lacks a project which lies below is partial", async () => {
    const faults: CloudOptions["faults"] = ({ path, query }) =>
      path === "/v3/folders" && query.includes("222") ? "empty" : undefined;
    const { snapshot } = await read(content, { faults, request: { scope: ["folders/222"] } });
    expect(snapshot.scopes[0]?.projects).toEqual({
      status: "partial",
      value: ["beta"],
      reason: "the list lacks projects/acme, which lies below",
    });
  });

  test("of which a folder may not be listed is partial, and names it", async () => {
    const faults: CloudOptions["faults"] = ({ path, query }) =>
      path === "/v3/projects" && query.includes("333") ? 403 : undefined;
    const { snapshot } = await read(content, { faults, request: { projects: [], scope: ["organizations/111"] } });
    expect(snapshot.scopes[0]?.projects).toMatchObject({
      status: "partial",
      value: ["away", "beta"],
      reason: expect.stringContaining("projects of folders/333: 403"),
    });
  });
});

describe("deny policies", () => {
  const rule = { deniedPrincipals: [], exceptionPrincipals: [], deniedPermissions: [], exceptionPermissions: [] };
  const content = world({
    deny: [
      { id: "one", rules: [rule] },
      { id: "two", rules: [rule] },
    ],
  });
  const isGet = (path: string): boolean => path.includes("denypolicies/one");

  test("that a list names and nobody finds are doubted where a second list names them again", async () => {
    const { snapshot } = await read(content, { faults: ({ path }) => (isGet(path) ? 404 : undefined) });
    expect(snapshot.containers.at(-1)?.deny).toMatchObject({
      status: "partial",
      value: [{}],
      reason: "one: 404, although it is listed",
    });
  });

  test("that come after the deadline are not asked for, and nobody waits", async () => {
    const projects = Array.from({ length: 12 }, (_, index) => project(`p${index}`, `${2000 + index}`));
    const { snapshot, clock } = await read(makeWorld({ projects }), {
      request: { projects: projects.map(({ id }) => id) },
      deps: { limits: { deadlineMs: 90_000 } },
    });
    const reasons = snapshot.containers.flatMap(({ deny }) => (deny.status === "failed" ? [deny.reason] : []));
    expect(reasons).toHaveLength(2);
    expect(reasons[0]).toContain("5 reads of deny policies a minute");
    expect(Math.max(...clock.waits)).toBe(60_000);
  });
});
