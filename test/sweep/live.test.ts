import { createServer } from "node:http";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { writeFiles } from "./sweep-corpus.ts";
import { key, matrix, other, reportIn } from "./swept.ts";

let cwd = "";
beforeEach(() => {
  cwd = temporaryFolder();
});

describe("--live", () => {
  /** A Cloud Run that lists the same services for every project; one region does not answer. */
  async function startRun(
    answer: (path: string) => readonly [number, object],
  ): Promise<Readonly<Record<string, string>>> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "", "http://x").pathname;
      asked.push(`${request.method} ${path}`);
      const [status, body] = answer(path);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    onTestFinished(() => {
      server.close();
      expect(asked.filter((each) => !each.startsWith("GET "))).toEqual([]);
    });
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return {
      CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN: `http://127.0.0.1:${port}/`,
      GOOGLE_OAUTH_ACCESS_TOKEN: "token-of-the-test",
    };
  }

  const service = (name: string, value: string): object => ({
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: { name, labels: { "cloud.googleapis.com/location": "europe-west1" } },
    spec: {
      template: {
        spec: {
          containers: [
            {
              env: [
                { name: "PAYMENT_API_KEY", value },
                { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "x", key: "1" } } },
              ],
            },
          ],
        },
      },
    },
  });
  const job = {
    apiVersion: "run.googleapis.com/v1",
    kind: "Job",
    metadata: { name: "nightly", labels: { "cloud.googleapis.com/location": "europe-west1" } },
    spec: {
      template: { spec: { template: { spec: { containers: [{ env: [{ name: "PAYMENT_API_KEY", value: key }] }] } } } },
    },
  };

  test("reads the environment of services and jobs, and regions that stay silent by themselves", async () => {
    const env = await startRun((path) => {
      if (path.includes("/v1/projects/"))
        return [200, { kind: "ServiceList", items: [service("web-frontend", key)], unreachable: ["us-east1"] }];
      if (path.includes("/namespaces/")) return [200, { kind: "JobList", items: [job] }];
      return [
        200,
        {
          services: [
            {
              name: "projects/acme-prod/locations/us-east1/services/checkout",
              template: { containers: [{ env: [{ name: "PAYMENT_API_KEY", value: key }] }] },
            },
          ],
        },
      ];
    });
    writeFiles(cwd, [
      ["matrix.yaml", matrix],
      ["left.env", `OLD_TOKEN=${other}\n`],
    ]);
    const ran = await runMatrix(["sweep", "--live", "--env", "prod", "--format", "json"], { cwd, env });
    const report = reportIn(ran);
    expect(ran.code).toBe(1);
    expect(report).toMatchObject({ complete: true, swept: { files: 0, services: 3, live: ["acme-prod"] } });
    expect(report.credentials.map(({ places }) => places)).toEqual([
      ["nightly", "web-frontend", "checkout"].map((name) => ({
        file: `run:acme-prod/${name === "checkout" ? "us-east1" : "europe-west1"}/${name}`,
        line: null,
        column: null,
        name: "PAYMENT_API_KEY",
        service: name === "web-frontend" ? "web" : name,
      })),
    ]);
    expect(report.credentials[0]?.edges.map(({ caller }) => caller)).toEqual(["checkout", "web"]);
    expect(ran.stdout + ran.stderr).not.toContain(key);
    const both = await runMatrix(["sweep", "left.env", "--live", "--project", "acme-prod"], { cwd, env });
    expect(both.stdout).toContain("2 credentials in 4 places");
  });

  test("is incomplete where an answer is missing", async () => {
    const env = await startRun((path) =>
      path.includes("/v1/projects/")
        ? [403, { error: { code: 403, message: `run.services.list is missing for ${key}` } }]
        : [200, { kind: "JobList", items: [job] }],
    );
    const ran = await runMatrix(["sweep", "--live", "--project", "acme-prod"], { cwd, env });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain("not read: services of run:acme-prod: 403");
    expect(ran.stdout + ran.stderr).not.toContain(key);
  });

  test("ends with 3 where nothing can be read at all", async () => {
    const env = { HOME: "/nonexistent", PATH: "", METADATA_SERVER_DETECTION: "none" };
    const ran = await runMatrix(["sweep", "--live", "--project", "acme-prod"], { cwd, env });
    expect([ran.code, ran.stdout]).toEqual([3, ""]);
  });
});
