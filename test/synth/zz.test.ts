import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { problemsOf } from "../terraform/plan.ts";
import type { World } from "../terraform/stub-provider/world.ts";
import { startTerraform } from "../terraform/terraform.ts";
import { localParts, texts, words } from "./injection-corpus.ts";
import { seedWorld } from "./seed-world.ts";
import { parseStack, synthesize, TODAY } from "./synthesize.ts";

// Every text of a matrix is data. The whole corpus goes through every field whose text reaches Terraform, through one
// real apply, and is found at Google and in the state as it was written, byte by byte.

const PROJECT = "acme-prod";
/** A file name with everything in it that a file name can hold. */
const STATE = "${path.cwd} %{ if true } $${x} $$${y} %%{z} ${TfToken[TOKEN.0]} \"'\\ \n <<EOT 🙂 .tfstate";

const numbered = <T, V>(list: readonly T[], prefix: string, fields: (item: T) => V): Readonly<Record<string, V>> =>
  Object.fromEntries(list.map((item, index) => [`${prefix}-${index}`, fields(item)]));
const addresses = localParts.map((part) => `${part}@robots.example`);
const people = localParts.map((part) => `${part}@acme.com`);

/** Every field: descriptions of services, callers and overrides, images, backend settings, and addresses everywhere. */
const document = (statePath: string): object => ({
  version: 1,
  terraform: { checks: true },
  environments: {
    prod: {
      project: PROJECT,
      number: "111111111111",
      regions: ["europe-west1"],
      backend: { local: { path: statePath } },
    },
  },
  services: {
    victim: {},
    ...numbered(texts, "text", (description) => ({ description, planned: ["prod"] })),
    ...numbered(texts, "over", (description) => ({ planned: ["prod"], overrides: { prod: { description } } })),
    ...numbered(words.slice(0,2), "image", (image) => ({ image })),
    ...numbered(addresses, "email", (email) => ({ account: { email }, image: "app:1" })),
    ...numbered(addresses, "check", (email) => ({ account: { email } })),
    ...numbered(addresses, "moved", (email) => ({ previousAccounts: [{ email, until: "2027-01-31" }] })),
    ...numbered(["add"], "row", (mode) => ({ mode, ingress: "all" })),
    ...numbered(["enforce"], "all", (mode) => ({ mode, ingress: "all" })),
  },
  callers: {
    ...numbered(texts, "caller", (description) => ({ description, scheduler: { job: "x" } })),
    ...numbered(people, "user", (user) => ({ user })),
    ...numbered(people, "group", (group) => ({ group })),
    ...numbered(addresses, "robot", (serviceAccount) => ({ serviceAccount })),
  },
  sets: {
    callees: ["row-0", "all-0"],
    everybody: ["user", "group", "robot", "email", "moved"].flatMap((prefix) =>
      localParts.map((_, at) => `${prefix}-${at}`),
    ),
  },
  trust: { "everybody -> callees": { reason: "To be told apart", reviewed: TODAY } },
});

/** As IAM keeps it: at most so many bytes, and no half characters. */
function cut(whole: string, most: number): string {
  let kept = whole;
  while (Buffer.byteLength(kept) > most) kept = [...kept].slice(0, -1).join("");
  return kept;
}

describe.skipIf(withoutTerraform)(`text is data (${SKIPPED_WITHOUT_TERRAFORM})`, () => {
  let world: World;
  let outputs: Readonly<Record<string, unknown>>;
  let problems: readonly string[];
  let settled: boolean;
  let stateFiles: readonly string[];

  beforeAll(async () => {
    const root = await mkdtemp(join(tmpdir(), "injection-"));
    const file = synthesize(JSON.stringify(document(join(root, "state", STATE)))).get("prod") ?? "";
    const terraform = await startTerraform({ world: seedWorld(parseStack(file)) });
    try {
      await mkdir(join(root, "prod"));
      await mkdir(join(root, "state"));
      await writeFile(join(root, "prod", "cdk.tf.json"), file);
      await terraform.apply(join(root, "prod"));
      ({ world } = terraform);
      outputs = await terraform.outputs(join(root, "prod"));
      const after = await terraform.plan(join(root, "prod"));
      settled = (after.resource_changes ?? []).every(
        ({ mode, change }) => mode === "data" || change.actions.join() === "no-op",
      );
      problems = problemsOf(after);
      stateFiles = await readdir(join(root, "state"));
    } finally {
      await terraform.stop();
      await rm(root, { recursive: true });
    }
  }, 180_000);

  test.each(["text", "over", "caller"])("descriptions (%s)", (prefix) => {
    const found = texts.map(
      (_, at) => world.accounts[`${prefix}-${at}-sa@${PROJECT}.iam.gserviceaccount.com`]?.description,
    );
    expect(found).toEqual(texts.map((each) => cut(each, 256)));
  });

  test("images", () => {
    const found = words.map(
      (_, at) => world.services[`projects/${PROJECT}/locations/europe-west1/services/image-${at}`]?.["template"],
    );
    expect(found).toMatchObject(words.map((image) => [{ containers: [{ image }] }]));
  });

  test("addresses: in rows, as accounts of services, in outputs and in checks", () => {
    const emails = addresses.map((email) => email.toLowerCase());
    for (const name of ["row-0", "all-0"]) {
      const members =
        world.policies[`projects/${PROJECT}/locations/europe-west1/services/${name}`]?.["roles/run.invoker"];
      const own = localParts.map((_, at) => `serviceAccount:moved-${at}-sa@${PROJECT}.iam.gserviceaccount.com`);
      const expected = [
        ...people.flatMap((email) => [`user:${email}`, `group:${email}`]),
        ...emails.map((email) => `serviceAccount:${email}`),
        ...own,
      ];
      expect(members).toEqual(expected.toSorted());
    }
    for (const [at, email] of emails.entries()) {
      const service = world.services[`projects/${PROJECT}/locations/europe-west1/services/email-${at}`];
      expect(service).toMatchObject({ template: [{ service_account: email }] });
      expect(outputs["accounts"]).toMatchObject({ [`email-${at}`]: email, [`check-${at}`]: email });
      expect(problems).toContain(`check-${at} in europe-west1 does not run as ${email}.`);
    }
  });

  test("backend settings", () => {
    expect(stateFiles.filter((name) => !name.endsWith(".backup"))).toEqual([STATE]);
  });

  test("the plan after the apply finds everything as it is written", () => {
    expect(settled).toBe(true);
  });
});
