import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { problemsOf } from "../terraform/plan.ts";
import type { World } from "../terraform/stub-provider/world.ts";
import { startTerraform } from "../terraform/terraform.ts";
import { localParts, texts, words } from "./injection-corpus.ts";
import { serviceOf } from "./scenario-worlds.ts";
import { seedWorld } from "./seed-world.ts";
import { parseStack, synthesize, synthesizeOne, TODAY, validate } from "./synthesize.ts";

// Every text of a matrix is data. The whole corpus goes through every field whose text reaches Terraform, through one
// real apply, and is found at Google and in the state as it was written, byte by byte.

const PROJECT = "acme-prod";
/** A file name with everything in it that a file name can hold. */
const STATE = "${path.cwd} %{ if true } $${x} $$${y} %%{z} ${TfToken[TOKEN.0]} \"'\\ \n <<EOT 🙂 .tfstate";

const numbered = <T, V>(list: readonly T[], prefix: string, fields: (item: T) => V): Readonly<Record<string, V>> =>
  Object.fromEntries(list.map((item, index) => [`${prefix}-${index}`, fields(item)]));
const people = localParts.map((part) => `${part}@acme.com`);
const robots = localParts.map((part) => `${part}@robots.example`);
/** All of it in one address, for fields that cost Terraform much time. */
const account = `${localParts.join("").toLowerCase()}@robots.example`;
/** The same of a caller, whose address has to be that of a service account. */
const robot = `robot-${localParts.join("").toLowerCase()}@robots.iam.gserviceaccount.com`;

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
    ...numbered(words, "image", (image) => ({ image })),
    made: { account: { email: account }, image: "app:1" },
    checked: { account: { email: account } },
    moved: { planned: ["prod"], previousAccounts: robots.map((email) => ({ email, until: "2027-01-31" })) },
    added: { mode: "add", ingress: "all" },
    enforced: { mode: "enforce", ingress: "all" },
  },
  callers: {
    ...numbered(texts, "caller", (description) => ({ description, scheduler: { job: "x" } })),
    ...numbered(people, "user", (user) => ({ user })),
    ...numbered(people, "group", (group) => ({ group })),
    robot: { serviceAccount: robot },
  },
  sets: {
    callees: ["added", "enforced"],
    everybody: ["moved", "made", "robot", ...people.flatMap((_, at) => [`user-${at}`, `group-${at}`])],
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

  test.each(["added", "enforced"])("addresses in rows (%s)", (name) => {
    const members = [
      ...people.flatMap((email) => [`user:${email}`, `group:${email}`]),
      ...[...robots, account, robot].map((email) => `serviceAccount:${email}`),
      `serviceAccount:moved-sa@${PROJECT}.iam.gserviceaccount.com`,
    ];
    expect(world.policies[serviceOf(name)]?.["roles/run.invoker"]).toEqual(members.toSorted());
  });

  test("addresses of accounts: on services, in outputs, in checks", () => {
    expect(world.services[serviceOf("made")]).toMatchObject({ template: [{ service_account: account }] });
    expect(outputs["accounts"]).toMatchObject({ made: account, checked: account });
    expect(problems).toContain(`checked in europe-west1 does not run as ${account}.`);
  });

  test("backend settings", () => {
    expect(stateFiles.filter((name) => !name.endsWith(".backup"))).toEqual([STATE]);
  });

  test("the plan after the apply finds everything as it is written", () => {
    expect(settled).toBe(true);
  });
});

describe("text that Terraform or Google cannot hold", () => {
  const withText = (text: string): string =>
    JSON.stringify({
      version: 1,
      environments: {
        prod: { project: PROJECT, regions: ["europe-west1"], backend: { gcs: { bucket: "state", prefix: text } } },
      },
      services: { victim: { description: text, image: text } },
    });

  test.each(["\0", "a\u0007b", "half \ud83d a character", "\u0085"])("%j is refused", (text) => {
    const { matrix, findings } = validate(withText(text));
    expect(matrix).toBeUndefined();
    expect(findings.map(({ rule }) => rule)).toContain("yaml");
  });

  test("ten kilobytes are refused as a description and an image, and taken as a setting of a backend", () => {
    const text = "x".repeat(10_000);
    expect(validate(withText(text)).findings.map(({ rule }) => rule)).toEqual(["schema", "schema"]);
    const whole = JSON.parse(withText(text)) as object;
    const stack = synthesizeOne(JSON.stringify({ ...whole, services: {} }));
    expect(stack.terraform.backend).toEqual({ gcs: { bucket: "state", prefix: text } });
  });
});
