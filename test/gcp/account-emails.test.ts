import { expect, test } from "vitest";
import { accountsIn, findAccountHome } from "../../src/gcp/account-emails.ts";

test.each([
  ["web@acme-prod.iam.gserviceaccount.com", "acme-prod", false],
  ["1001-compute@developer.gserviceaccount.com", "1001", false],
  ["acme-prod@appspot.gserviceaccount.com", "acme-prod", false],
  ["web@prod.example.com.iam.gserviceaccount.com", "example.com:prod", true],
])("%s lives in %s", (email, project, isGuess) => {
  expect(findAccountHome(email)).toEqual({ project, isGuess });
});

test.each([
  "service-123456789@gcp-sa-pubsub.iam.gserviceaccount.com",
  "service-123456789@serverless-robot-prod.iam.gserviceaccount.com",
  "service-org-123456789@security-center-api.iam.gserviceaccount.com",
  "123456789@cloudservices.gserviceaccount.com",
  "123456789@cloudbuild.gserviceaccount.com",
  "acme.svc.id.goog[ns/ksa]",
  "ann@acme.test",
  "..@acme.iam.gserviceaccount.com",
  "a/b@acme.iam.gserviceaccount.com",
  "a@../x.iam.gserviceaccount.com",
  "x-compute@developer.gserviceaccount.com",
])("%s is not looked up", (email) => {
  expect(findAccountHome(email)).toBeUndefined();
});

test("accounts of a policy are those that live", () => {
  expect(
    accountsIn([
      "serviceAccount:Web@acme.iam.gserviceaccount.com",
      "deleted:serviceAccount:old@acme.iam.gserviceaccount.com?uid=1",
      "serviceAccount:acme.svc.id.goog[ns/ksa]",
      "user:ann@acme.test",
    ]),
  ).toEqual(["web@acme.iam.gserviceaccount.com"]);
});
