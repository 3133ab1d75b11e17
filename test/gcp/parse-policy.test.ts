import { describe, expect, test } from "vitest";
import { MalformedAnswer } from "../../src/gcp/json.ts";
import { parseDenyPolicy, parsePolicy } from "../../src/gcp/parse-policy.ts";

describe("an allow policy", () => {
  test("keeps roles, members and conditions", () => {
    const condition = { title: "t", expression: "true", description: "gone" };
    const body = {
      version: 3,
      etag: "BwX=",
      bindings: [
        { role: "roles/a", members: ["allUsers"], condition },
        { role: "roles/b", members: [] },
      ],
      auditConfigs: [],
    };
    expect(parsePolicy(body)).toEqual({
      etag: "BwX=",
      bindings: [
        { role: "roles/a", members: ["allUsers"], condition: { title: "t", expression: "true" } },
        { role: "roles/b", members: [] },
      ],
    });
  });

  test("that is empty has an etag", () => {
    expect(parsePolicy({ etag: "ACAB" })).toEqual({ etag: "ACAB", bindings: [] });
  });

  test.each([
    [{}, "etag is missing"],
    [{ bindings: [] }, "etag is missing"],
    [{ etag: "" }, "etag is not text"],
    [{ etag: "A", bindings: {} }, "bindings is not a list"],
    [{ etag: "A", bindings: null }, "bindings is not a list"],
    [{ etag: "A", bindings: ["x"] }, "bindings[0] is not an object"],
    [{ etag: "A", bindings: [{ members: [] }] }, "bindings[0].role is missing"],
    [{ etag: "A", bindings: [{ role: "r" }] }, "bindings[0].members is missing"],
    [{ etag: "A", bindings: [{ role: "r", members: "allUsers" }] }, "bindings[0].members is not a list"],
    [{ etag: "A", bindings: [{ role: "r", members: [null] }] }, "bindings[0].members[0] is not text"],
    [
      { etag: "A", bindings: [{ role: "r", members: [], condition: {} }] },
      "bindings[0].condition.expression is missing",
    ],
    [{ etag: "A", bindings: [{ role: "r", members: [], condition: null }] }, "bindings[0].condition is not an object"],
  ])("is not %j", (body, message) => {
    expect(() => parsePolicy(body)).toThrow(MalformedAnswer);
    expect(() => parsePolicy(body)).toThrow(message);
  });
});

describe("a deny policy", () => {
  const name = "policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies/fence";

  test("keeps its rules", () => {
    const rules = [
      {
        description: "d",
        denyRule: {
          deniedPrincipals: ["principalSet://goog/public:all"],
          deniedPermissions: ["run.googleapis.com/routes.invoke"],
          denialCondition: { expression: "resource.matchTag('a/b', 'c')" },
        },
      },
    ];
    expect(parseDenyPolicy({ name, rules }, "fence")).toEqual({
      name,
      rules: [
        {
          deniedPrincipals: ["principalSet://goog/public:all"],
          exceptionPrincipals: [],
          deniedPermissions: ["run.googleapis.com/routes.invoke"],
          exceptionPermissions: [],
          condition: "resource.matchTag('a/b', 'c')",
        },
      ],
    });
  });

  test.each([
    [{}, "name is missing"],
    [{ name }, "rules is missing"],
    [{ name: `${name}s`, rules: [] }, "name is that of another policy"],
    [{ name, rules: [{}] }, "rules[0].denyRule is missing"],
    [{ name, rules: [{ denyRule: { deniedPrincipals: "all" } }] }, "rules[0].denyRule.deniedPrincipals is not a list"],
    [{ name, rules: [{ denyRule: { denialCondition: {} } }] }, "denialCondition.expression is missing"],
  ])("is not %j", (body, message) => {
    expect(() => parseDenyPolicy(body, "fence")).toThrow(message);
  });
});
