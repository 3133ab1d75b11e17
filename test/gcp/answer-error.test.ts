import { expect, test } from "vitest";
import { parseAnswerError } from "../../src/gcp/answer-error.ts";

const info = (reason: string, metadata: object): object => ({
  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
  reason,
  domain: "googleapis.com",
  metadata,
});

test.each([
  [
    { error: { code: 403, message: "no", details: [info("IAM_PERMISSION_DENIED", { permission: "iam.roles.get" })] } },
    "iam.roles.get",
  ],
  [
    {
      error: {
        message: "Permission 'run.services.list' denied on resource 'namespaces/p/services' (or it may not exist).",
      },
    },
    "run.services.list",
  ],
  [{ error: { message: "The caller does not have permission" } }, null],
  [{ error: { message: "see cloud.google.com/iam for more" } }, null],
  [{ error: { details: "none" } }, null],
])("of %j the missing permission is %j", (body, permission) => {
  expect(parseAnswerError(JSON.stringify(body)).permission).toBe(permission);
});

test("an API that is not enabled is told with its project", () => {
  const details = [
    info("OTHER", {}),
    info("SERVICE_DISABLED", { consumer: "projects/1001", service: "run.googleapis.com" }),
  ];
  expect(parseAnswerError(JSON.stringify({ error: { message: "off", details } })).disabledFor).toBe("projects/1001");
  expect(parseAnswerError(JSON.stringify({ error: { message: "off" } })).disabledFor).toBeNull();
});

test("a message is one line, and not long", () => {
  const { message } = parseAnswerError(JSON.stringify({ error: { message: `a\n\tb ${"x".repeat(1000)}` } }));
  expect(message).toMatch(/^a b x{296}…$/);
});

test.each(["", "<html>", "null", "[]", '{"error":"no"}', '{"error":{"details":[null,1]}}'])(
  "%s says nothing",
  (text) => {
    expect(parseAnswerError(text)).toEqual({ message: "", permission: null, disabledFor: null });
  },
);
