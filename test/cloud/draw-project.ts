import type {
  AccountRecord,
  IapRecord,
  PoolRecord,
  ProjectRecord,
  ServiceRecord,
} from "../../src/snapshot/snapshot.ts";
import { poolName } from "./apis/iam-pools.ts";
import { type Draw, drawPolicy, numbers, outsider, read, reading } from "./draw.ts";

export interface DrawnProject {
  readonly record: ProjectRecord;
  readonly accounts: readonly AccountRecord[];
}

/** A project and the accounts in it. */
export function drawProject(draw: Draw, id: string): DrawnProject {
  const number = numbers[id] ?? "";
  const emails = draw.some([
    `${number}-compute@developer.gserviceaccount.com`,
    `a@${id}.iam.gserviceaccount.com`,
    `b@${id}.iam.gserviceaccount.com`,
  ]);
  const services = reading(
    draw,
    draw.some(["europe-west1/api", "europe-west1/web", "us-central1/api"]).map((name) => drawService(draw, id, name)),
  );
  const jobs = reading(
    draw,
    draw.some(["europe-west1/api", "us-central1/nightly"]).map((name) => drawJob(draw, id, name)),
  );
  const guarded = services.status === "read" ? services.value.filter(({ iapEnabled }) => iapEnabled) : [];
  const regions = [...new Set(guarded.map(({ region }) => `/cloud_run-${region}`))].sort();
  const iap =
    guarded.length === 0 ? [] : ["", ...regions].map((level) => drawIap(draw, `projects/${number}/iap_web${level}`));
  // One list for the whole project.
  const activity = reading(draw, null);
  // A list that is not read, of a project without any: of others the reader asks one by one.
  const accounts = emails.length === 0 ? reading(draw, emails) : read(emails);
  return {
    record: { project: id, services, jobs, accounts, pools: reading(draw, drawPools(draw, number)), iap },
    accounts: emails.map((email, index) => ({
      email,
      details: drawDetails(draw, index, true),
      keys: reading(
        draw,
        draw.some(["k1", "k2"]).map((key) => ({
          id: key,
          disabled: draw.one(true, false),
          validAfter: "2025-01-02T03:04:05Z",
          validBefore: "9999-12-31T23:59:59Z",
        })),
      ),
      policy: drawPolicy(draw),
      lastAuthenticated: activity.status === "read" ? read(draw.one(null, "2026-11-20T08:00:00Z")) : activity,
    })),
  };
}

/** A list of accounts gives the details with it: only where one is asked for alone they may be unread. */
export function drawDetails(draw: Draw, index: number, isListed = false): AccountRecord["details"] {
  const facts = { uniqueId: `10000000000000000000${index}`, disabled: draw.one(true, false) };
  return isListed ? read(facts) : reading(draw, draw.one(facts, null));
}

function drawIap(draw: Draw, resource: string): IapRecord {
  return { resource, policy: drawPolicy(draw) };
}

function drawService(draw: Draw, project: string, key: string): ServiceRecord {
  const [region = "", name = ""] = key.split("/");
  const iapEnabled = draw.one(true, false);
  return {
    kind: draw.one("service", "function"),
    region,
    name,
    invokerCheckDisabled: draw.one(true, false),
    ingress: draw.one("all", "internal", "internal-and-cloud-load-balancing", "none", "unknown"),
    defaultUrlDisabled: draw.one(true, false),
    iapEnabled,
    account: drawRuntime(draw, project),
    urls: draw.some(["https://a.run.app", "https://b.run.app"]),
    audiences: draw.some(["https://a.acme.test", "https://b.acme.test"]),
    ...drawLabels(draw),
    policy: drawPolicy(draw),
    iap: iapEnabled ? drawIap(draw, `projects/${numbers[project]}/iap_web/cloud_run-${region}/services/${name}`) : null,
  };
}

function drawJob(draw: Draw, project: string, key: string): ServiceRecord {
  const [region = "", name = ""] = key.split("/");
  return {
    kind: "job",
    region,
    name,
    invokerCheckDisabled: false,
    ingress: "all",
    defaultUrlDisabled: false,
    iapEnabled: false,
    account: drawRuntime(draw, project),
    urls: [],
    audiences: [],
    ...drawLabels(draw),
    policy: drawPolicy(draw),
    iap: null,
  };
}

function drawLabels(draw: Draw): Pick<ServiceRecord, "labels"> {
  const names = draw.some(["app", "team"]);
  return names.length === 0 ? {} : { labels: Object.fromEntries(names.map((name) => [name, draw.one("", "a", "b")])) };
}

function drawRuntime(draw: Draw, project: string): string {
  return draw.one(
    `${numbers[project]}-compute@developer.gserviceaccount.com`,
    `a@${project}.iam.gserviceaccount.com`,
    outsider,
  );
}

function drawPools(draw: Draw, number: string): readonly PoolRecord[] {
  return draw.some(["aws", "github"]).map((id) => ({
    name: poolName(number, id),
    active: draw.one(true, false),
    providers: reading(
      draw,
      draw.some(["main", "spare"]).map((provider) => ({
        name: `${poolName(number, id)}/providers/${provider}`,
        active: draw.one(true, false),
        issuer: draw.one("https://issuer.test", "aws:123456789012", null),
        condition: draw.one(null, "assertion.ref == 'main'"),
        mapping: draw.one({}, { "attribute.ref": "assertion.ref", "google.subject": "assertion.sub" }),
        audiences: [],
        jwks: null,
      })),
    ),
  }));
}
