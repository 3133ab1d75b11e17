import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";

/** The snapshot that is shipped, as it is shipped. */
export const exampleSnapshotText = readFileSync(new URL("../../matrix.example.snapshot.json", import.meta.url), "utf8");

const helpers = `
  const project = (id) => snapshot.projects.find((each) => each.project === id);
  const container = (resource) => snapshot.containers.find((each) => each.resource === resource);
  const service = (name, region = "europe-west1") =>
    snapshot.projects.flatMap(({ services, jobs }) => [...services.value, ...jobs.value])
      .find((each) => each.name === name && each.region === region);
  const members = (at, role = "roles/run.invoker") =>
    at.policy.value.bindings.find((binding) => binding.role === role).members;
`;

/**
 * The example snapshot after some JavaScript has changed it, sealed and as text: what another reading would have given.
 * The code sees `snapshot`, and `project(id)`, `container(resource)`, `service(name, region)`, `members(of, role)`.
 */
export function editSnapshot(code: string): string {
  const changed: unknown = runInNewContext(`${helpers}\n${code}\nJSON.stringify(snapshot)`, {
    snapshot: JSON.parse(exampleSnapshotText),
  });
  // The code of a test gives a snapshot; where it does not, reading it back says so.
  const { sha256: _, ...content } = JSON.parse(String(changed)) as Snapshot;
  return `${canonicalJson(sealSnapshot(content))}\n`;
}
