import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import {
  callersOf,
  email,
  foundAccount,
  guardedByKeys,
  names,
  NUMBER,
  REGION,
  sharing,
  teamOf,
  UNTIL,
} from "./adopting-fleet.ts";

/** What happens behind the scenes of the page, by the commands that show it. */
export const adoptingScenes: ReadonlyMap<string, (folder: string) => void> = new Map([
  ["git pull", moveEverybody],
  ["gcloud run services list --project acme-prod --format=json > run.json", listServices],
]);

/** In November six callees take keys, in December two of them still do, in January none does. */
function listServices(folder: string): void {
  const file = join(folder, "run.json");
  const times = [guardedByKeys, ["catalog", "flags"], []].map(runServices);
  const before = existsSync(file) ? times.indexOf(readFileSync(file, "utf8")) : -1;
  writeFileSync(file, times[before + 1] ?? "");
}

/** Every team does for its services what payments did for its own. */

function moveEverybody(folder: string): void {
  const root = join(folder, "matrix/matrix.yaml");
  const files = [root, ...readdirSync(join(folder, "matrix/teams")).map((name) => join(folder, "matrix/teams", name))];
  for (const file of files) {
    const document = parseDocument(readFileSync(file, "utf8"));
    const services = Object.keys((document.toJS() as { readonly services?: object }).services ?? {});
    for (const name of services) {
      document.deleteIn(["services", name, "public"]);
      if (name === "storefront")
        document.setIn(["services", name, "public"], { reason: "Customers browse without signing in" });
      if (!sharing.includes(name)) continue;
      document.setIn(["services", name, "account"], { id: `${name}-sa` });
      document.setIn(["services", name, "previousAccounts"], [{ email: email(foundAccount(name)), until: UNTIL }]);
    }
    document.deleteIn(["trust"]);
    document.deleteIn(["sets"]);
    const own = services.flatMap((name) =>
      (callersOf[name] ?? []).map((caller) => [`${caller} -> ${name}`, "Needs it"] as const),
    );
    const people = services.includes("admin")
      ? [["staff -> admin", { reason: "Runs the shop", reviewed: "2026-12-01" }] as const]
      : [];
    const trust = Object.fromEntries([...own, ...people]);
    if (Object.keys(trust).length > 0) document.set("trust", trust);
    writeFileSync(file, document.toString({ lineWidth: 120 }));
  }
}

/** What `gcloud run services list --format=json` prints while some callees still take API keys: each caller has its key. */
function runServices(guarded: readonly string[]): string {
  const keysOf = (name: string): readonly object[] =>
    guarded
      .filter((callee) => callersOf[callee]?.includes(name) === true)
      .map((callee) => ({ name: `${callee.toUpperCase()}_API_KEY`, value: keyOf(name, callee) }));
  const items = names.map((name) => ({
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: { name, namespace: NUMBER, labels: { "cloud.googleapis.com/location": REGION, team: teamOf.get(name) } },
    spec: { template: { spec: { containers: [{ image: `gcr.io/acme/${name}:1`, env: keysOf(name) }] } } },
  }));
  return `${JSON.stringify(items, undefined, 2)}\n`;
}

/** A key as a random generator would make it, the same in each run. */
function keyOf(caller: string, callee: string): string {
  return createHash("sha256").update(`${caller} ${callee}`).digest("base64url").slice(0, 40);
}
