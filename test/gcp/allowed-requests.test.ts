import { assert, constantFrom, oneof, property, webPath } from "fast-check";
import { describe, expect, test } from "vitest";
import { type DataTarget, dataReadPatterns, type ExchangeTarget, isAllowed } from "../../src/gcp/allowed-requests.ts";
import { type ApiName, apiNames } from "../../src/gcp/endpoints.ts";
import { neededPermissions } from "../../src/gcp/permissions-needed.ts";

const data = (method: DataTarget["method"], api: ApiName, path: string): DataTarget => ({
  list: "data",
  method,
  api,
  path,
});
const exchange = (method: ExchangeTarget["method"], host: ExchangeTarget["host"], path: string): ExchangeTarget => ({
  list: "exchange",
  method,
  host,
  path,
});

describe("refused", () => {
  test.each([
    data("POST", "cloudresourcemanager", "v3/projects/p:setIamPolicy"),
    data("POST", "cloudresourcemanager", "v3/projects"),
    data("PUT", "cloudresourcemanager", "v3/projects/p:getIamPolicy"),
    data("GET", "cloudresourcemanager", "v3/projects/p:getIamPolicy/x"),
    data("POST", "run", "v1/projects/p/locations/r/services"),
    data("POST", "run", "v1/projects/p/locations/r/services/s:getIamPolicy"),
    data("PUT", "run", "v1/projects/p/locations/r/services/s"),
    data("GET", "run", "v2/projects/p/locations/r/services/.."),
    data("GET", "run", "v2/projects/p/locations/r/services/a/b"),
    data("GET", "run", "v2/projects/p/locations/r/services/a%2Fb"),
    data("GET", "run", "v2/projects/p/locations/r/services/"),
    data("GET", "run", ""),
    data("POST", "iam", "v1/projects/p/serviceAccounts/e/keys"),
    data("POST", "iam", "v1/projects/p/serviceAccounts/e:signJwt"),
    data("POST", "iam", "v1/roles/r"),
    data("GET", "iam", "v2/policies/other.googleapis.com%2Fprojects%2F1/denypolicies"),
    data("POST", "iam", "v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies"),
    data("POST", "cloudidentity", "v1/groups:lookup"),
    data("POST", "iap", "v1/projects/1/iap_web:setIamPolicy"),
    data("GET", "policyanalyzer", "v1/projects/p/locations/global/activityTypes/dailyAuthorization/activities:query"),
    data("GET", "logging", "v2/entries:list"),
    data("POST", "logging", "v2/entries:write"),
    data("POST", "logging", "v2/entries:copy"),
    data("POST", "iamcredentials", "v1/projects/-/serviceAccounts/e:generateAccessToken"),
    data("POST", "sts", "v1/token"),
    exchange("POST", "iamcredentials", "v1/projects/-/serviceAccounts/e:generateIdToken"),
    exchange("POST", "iamcredentials", "v1/projects/-/serviceAccounts/e:signBlob"),
    exchange("POST", "sts", "v1/introspect"),
    exchange("POST", "oauth2", "revoke"),
    exchange("POST", "metadata", "computeMetadata/v1/instance/service-accounts/default/token"),
    exchange("GET", "metadata", "computeMetadata/v1/instance/attributes/kube-env"),
    exchange("POST", "subject", ""),
  ])("$list $method $path", (target) => {
    expect(isAllowed(target)).toBe(false);
  });

  test("whatever is not GET, or POST to getIamPolicy or a list of entries, of data", () => {
    const path = oneof(
      constantFrom(...neededPermissions.map(({ request }) => request.split(" ")[2] ?? "")),
      webPath().map((text) => text.slice(1)),
    );
    const verb = constantFrom(
      "",
      ":setIamPolicy",
      ":testIamPermissions",
      ":disable",
      "/keys",
      ":getIamPolicy",
      "?x=1",
      "#x",
    );
    assert(
      property(
        constantFrom("GET", "POST", "PUT"),
        constantFrom(...apiNames),
        path,
        verb,
        (method, api, base, suffix) => {
          const whole = `${base}${suffix}`;
          if (!isAllowed(data(method, api, whole))) return true;
          return /[?#]/.test(whole)
            ? false
            : method === "GET" ||
                (method === "POST" && (whole.endsWith(":getIamPolicy") || whole === "v2/entries:list"));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("the table of permissions", () => {
  const rows = neededPermissions.map(({ request }) => {
    const [method = "", api = "", whole = ""] = request.split(" ");
    const path = whole.replace(/\?.*/, "").replace("/A/", "/cloudresourcemanager.googleapis.com%2Fprojects%2F1/");
    return { request, method, api, path };
  });

  test("names nothing that is not allowed", () => {
    for (const row of rows)
      expect(
        dataReadPatterns().filter(
          ({ api, method, path }) => api === row.api && method === row.method && path.test(row.path),
        ),
        row.request,
      ).not.toEqual([]);
  });

  test("names each request that is allowed", () => {
    for (const pattern of dataReadPatterns())
      expect(
        rows.filter(
          ({ api, method, path }) => api === pattern.api && method === pattern.method && pattern.path.test(path),
        ),
        `${pattern.method} ${pattern.api} ${pattern.path.source}`,
      ).not.toEqual([]);
  });
});
