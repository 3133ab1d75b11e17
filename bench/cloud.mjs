// A Google Cloud with a wait before each answer, in a process of its own: the tests' server, with one project of many
// services. Prints its environment as one line of JSON, and the number of requests when it is asked to end.
import { build } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { makeModel } from "./model.mjs";

const [services, latencyMs] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "matrix-bench-cloud-"));
const bundle = join(folder, "server.mjs");
await build({
  stdin: {
    contents: `
      export { startCloud } from "./test/cloud/server.ts";
      export { account, grants, makeWorld, project, service } from "./test/cloud/world.ts";
    `,
    resolveDir: root,
  },
  bundle: true,
  format: "esm",
  platform: "node",
  outfile: bundle,
  logLevel: "error",
});
const { account, grants, makeWorld, project, service, startCloud } = await import(pathToFileURL(bundle).href);
rmSync(folder, { recursive: true });

const model = JSON.parse(makeModel(services, 10).json);
const email = (name) => `${name}-sa@${model.project}.iam.gserviceaccount.com`;
const world = makeWorld({
  projects: [
    project(model.project, "111111111111", {
      services: model.services.map(({ name, callers }) =>
        service(name, {
          account: email(name),
          ingress: "internal",
          policy: grants(["roles/run.invoker", ...callers.map((caller) => `serviceAccount:${email(caller)}`)]),
        }),
      ),
      accounts: model.services.map(({ name }) => account(email(name))),
    }),
  ],
});
const cloud = await startCloud(world, { latencyMs, pageSize: 1000 });
process.stdout.write(`${JSON.stringify(cloud.env)}\n`);
process.stdin.on("end", () => void cloud.close());
process.stdin.resume();
