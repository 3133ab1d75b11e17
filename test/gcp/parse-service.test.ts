import { describe, expect, test } from "vitest";
import { MalformedAnswer } from "../../src/gcp/json.ts";
import { parseKnativeJob, parseKnativeService, parseV2 } from "../../src/gcp/parse-service.ts";

const home = { project: "acme", number: "1001" };

function knative(annotations: object = {}, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: {
      name: "hello",
      namespace: "1001",
      labels: { "cloud.googleapis.com/location": "us-central1" },
      annotations,
      ...metadata,
    },
    spec: { template: { spec: { containers: [], ...spec } } },
    status: { url: "https://hello-abc-uc.a.run.app" },
  };
}

const parse = (item: unknown) => parseKnativeService(item, "services[0]", home);

test("a service that says nothing has the defaults", () => {
  expect(parse(knative())).toEqual({
    kind: "service",
    region: "us-central1",
    name: "hello",
    invokerCheckDisabled: false,
    ingress: "all",
    defaultUrlDisabled: false,
    iapEnabled: false,
    account: "1001-compute@developer.gserviceaccount.com",
    urls: ["https://hello-abc-uc.a.run.app"],
    audiences: [],
  });
});

test("every setting is read from its annotation", () => {
  const annotations = {
    "run.googleapis.com/invoker-iam-disabled": "True",
    "run.googleapis.com/ingress": "internal-and-cloud-load-balancing",
    "run.googleapis.com/ingress-status": "all",
    "run.googleapis.com/default-url-disabled": "true",
    "run.googleapis.com/iap-enabled": "TRUE",
    "run.googleapis.com/custom-audiences": '["https://b.test","https://a.test"]',
    "run.googleapis.com/urls": '["https://hello-abc-uc.a.run.app","https://hello-1001.us-central1.run.app"]',
  };
  expect(parse(knative(annotations, { serviceAccountName: "Web@acme.iam.gserviceaccount.com" }))).toMatchObject({
    invokerCheckDisabled: true,
    ingress: "internal-and-cloud-load-balancing",
    defaultUrlDisabled: true,
    iapEnabled: true,
    account: "web@acme.iam.gserviceaccount.com",
    urls: ["https://hello-1001.us-central1.run.app", "https://hello-abc-uc.a.run.app"],
    audiences: ["https://a.test", "https://b.test"],
  });
});

test.each([
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
  ["", false],
])("an invoker check of %j is off: %j", (text, off) => {
  expect(parse(knative({ "run.googleapis.com/invoker-iam-disabled": text })).invokerCheckDisabled).toBe(off);
});

test("an ingress that nobody knows is unknown", () => {
  expect(parse(knative({ "run.googleapis.com/ingress": "sideways" })).ingress).toBe("unknown");
});

test.each([
  [{ labels: { "cloud.googleapis.com/location": "us-central1", "goog-managed-by": "cloudfunctions" } }],
  [{ annotations: { "cloudfunctions.googleapis.com/trigger-type": "HTTP_TRIGGER" } }],
])("a function of the second generation is told by %j", (metadata) => {
  expect(parse(knative({}, {}, metadata)).kind).toBe("function");
});

test.each([
  [
    "a flag that is neither",
    knative({ "run.googleapis.com/invoker-iam-disabled": "yes" }),
    "invoker-iam-disabled is neither true nor false",
  ],
  ["a flag that is no text", knative({ "run.googleapis.com/iap-enabled": true }), "iap-enabled is not text"],
  [
    "audiences that are no JSON",
    knative({ "run.googleapis.com/custom-audiences": "[" }),
    "custom-audiences is not JSON",
  ],
  [
    "audiences that are no list",
    knative({ "run.googleapis.com/custom-audiences": '"a"' }),
    "custom-audiences is not a list",
  ],
  ["no region", knative({}, {}, { labels: {} }), "location is missing"],
  [
    "a region that is a path",
    knative({}, {}, { labels: { "cloud.googleapis.com/location": "a/b" } }),
    "location is not a name",
  ],
  ["a name that is a way up", knative({}, {}, { name: ".." }), "name is not a name"],
  ["another project", knative({}, {}, { namespace: "2002" }), "of another project: 2002"],
  ["no spec", { ...knative(), spec: undefined }, "spec is missing"],
  ["nothing", null, "services[0] is not an object"],
])("a service with %s is malformed", (_, item, message) => {
  expect(() => parse(item)).toThrow(MalformedAnswer);
  expect(() => parse(item)).toThrow(message);
});

describe("labels", () => {
  const written = {
    team: "payments",
    app: "",
    "cloud.googleapis.com/location": "us-central1",
    "run.googleapis.com/satisfiesPzs": "true",
    "goog-managed-by": "cloudfunctions",
    "goog-terraform-provisioned": "true",
    google: "is no namespace",
    odd: 7,
  };
  const own = { app: "", google: "is no namespace", team: "payments" };
  const v2Name = (kind: string): string => `projects/acme/locations/us-central1/${kind}/hello`;

  test.each([
    ["a function", parse(knative({}, {}, { labels: written }))],
    ["a job", parseKnativeJob({ ...knative({}, {}, { labels: written }) }, "jobs[0]", home)],
    ["a service of v2", parseV2({ name: v2Name("services"), labels: written, template: {} }, "s", false, home)],
    ["a job of v2", parseV2({ name: v2Name("jobs"), labels: written, template: { template: {} } }, "j", true, home)],
  ])("of %s are those that people set, in order", (_, { labels }) => {
    expect(JSON.stringify(labels)).toBe(JSON.stringify(own));
  });

  test("that are all of Google make none", () => {
    expect(parse(knative())).not.toHaveProperty("labels");
  });
});

test("a job runs as the account of its task", () => {
  const job = {
    metadata: { name: "nightly", namespace: "1001", labels: { "cloud.googleapis.com/location": "europe-west1" } },
    spec: { template: { spec: { template: { spec: { serviceAccountName: "j@acme.iam.gserviceaccount.com" } } } } },
  };
  expect(parseKnativeJob(job, "jobs[0]", home)).toMatchObject({
    kind: "job",
    region: "europe-west1",
    name: "nightly",
    account: "j@acme.iam.gserviceaccount.com",
    iapEnabled: false,
    urls: [],
  });
});

describe("of v2", () => {
  const name = "projects/acme/locations/us-central1/services/hello";
  const v2 = (item: unknown, isJob = false) => parseV2(item, "services[0]", isJob, home);

  test("a service says the same in its own words", () => {
    const item = {
      name,
      labels: { "goog-managed-by": "cloudfunctions" },
      ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      invokerIamDisabled: true,
      defaultUriDisabled: true,
      iapEnabled: true,
      customAudiences: ["https://a.test"],
      template: { serviceAccount: "web@acme.iam.gserviceaccount.com" },
      uri: "https://hello-abc-uc.a.run.app",
      urls: ["https://hello-1001.us-central1.run.app", "https://hello-abc-uc.a.run.app"],
    };
    expect(v2(item)).toEqual({
      kind: "function",
      region: "us-central1",
      name: "hello",
      invokerCheckDisabled: true,
      ingress: "internal-and-cloud-load-balancing",
      defaultUrlDisabled: true,
      iapEnabled: true,
      account: "web@acme.iam.gserviceaccount.com",
      urls: ["https://hello-1001.us-central1.run.app", "https://hello-abc-uc.a.run.app"],
      audiences: ["https://a.test"],
    });
  });

  test.each([
    ["INGRESS_TRAFFIC_ALL", "all"],
    ["INGRESS_TRAFFIC_INTERNAL_ONLY", "internal"],
    ["INGRESS_TRAFFIC_NONE", "none"],
    ["INGRESS_TRAFFIC_UNSPECIFIED", "unknown"],
    [undefined, "unknown"],
  ])("ingress %s is %s", (ingress, expected) => {
    expect(v2({ name, template: {}, ingress }).ingress).toBe(expected);
  });

  test("without an account it runs as the default one, or as nobody knows whom", () => {
    expect(v2({ name, template: {} }).account).toBe("1001-compute@developer.gserviceaccount.com");
    expect(parseV2({ name, template: {} }, "s", false, { project: "acme", number: null }).account).toBeNull();
  });

  test("a job has its account one level deeper", () => {
    const job = { name: name.replace("services", "jobs"), template: { template: { serviceAccount: "j@a.test" } } };
    expect(v2(job, true)).toMatchObject({ kind: "job", account: "j@a.test" });
  });

  test.each([[{}], [{ name: "hello", template: {} }], [{ name }], [{ name: `${name}/..`, template: {} }]])(
    "%j is malformed",
    (item) => {
      expect(() => v2(item)).toThrow(MalformedAnswer);
    },
  );
});
