import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { existingIn } from "../../src/synth/plan/existing.ts";
import type { ImportPolicy } from "../../src/synth/plan/plan-imports.ts";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { actionsOf, changeOf } from "../terraform/plan.ts";
import { seedAccount, seedJob, seedMembers } from "../terraform/stub-provider/seed.ts";
import { startTerraform, type Terraform } from "../terraform/terraform.ts";
import { localParts } from "./injection-corpus.ts";
import {
  accountOf,
  deployed,
  emailOf,
  grantedByHand,
  madeByHand,
  matrix,
  memberOf,
  membersOf,
  PROJECT,
  REGION,
  rowOf,
  serviceOf,
} from "./scenario-worlds.ts";
import { snapshotOfWorld } from "./snapshot-of-world.ts";
import { synthesize, TODAY } from "./synthesize.ts";

// A matrix of what is there already joins its world: with real Terraform, nothing but imports is planned.

const JOB = `projects/${PROJECT}/locations/${REGION}/jobs/settle`;
const JOB_ROW = `google_cloud_run_v2_job_iam_binding.settle_${REGION}_invoker`;
const STRANGER = "user:someone@acme.com";
/** An address that means much to Terraform, and is text. */
const ODD = `${localParts.join("").toLowerCase()}@acme.com`;

const adopted = matrix({
  services: `
    billing: { description: Charges, account: { id: billing-run, manage: adopt }, formerNames: [bills] }
    idle: { account: { manage: reference } }
    hr: { account: { email: hr@acme-hr.iam.gserviceaccount.com } }
    settle: { kind: job, account: { id: settle-run, manage: adopt } }
    mail: { mode: add, account: { id: mail-run, manage: adopt } }
    seen: { mode: observe, account: { id: seen-run, manage: adopt } }`,
  callers: `
    nightly: { scheduler: { job: x }, account: { id: nightly-run, manage: adopt } }
    odd: { user: ${JSON.stringify(ODD)} }`,
  trust: `
    hr -> billing: Pays
    nightly -> billing: Settles
    nightly -> settle: Starts
    billing -> mail: Sends
    hr -> mail: Sends
    odd -> mail: Sends
    nightly -> seen: Looks`,
});

describe.skipIf(withoutTerraform)(`imports (${SKIPPED_WITHOUT_TERRAFORM})`, { timeout: 60_000 }, () => {
  test("a world that is as the matrix says is imported, and nothing else is done to it", () =>
    inWorld(async ({ terraform, write }) => {
      const { world } = terraform;
      deployed(world, "billing", "bills", "idle", "hr", "mail", "seen");
      seedJob(world, { project: PROJECT, location: REGION, name: "settle" });
      madeByHand(world, "idle-sa", "settle-run", "mail-run", "seen-run", "nightly-run");
      seedAccount(world, { project: PROJECT, accountId: "billing-run", displayName: "By hand", description: "Old" });
      world.accounts[emailOf("billing-run")] = { ...accountIn(terraform, "billing-run"), disabled: true };
      seedAccount(world, { project: "acme-hr", accountId: "hr" });
      const HR = "serviceAccount:hr@acme-hr.iam.gserviceaccount.com";
      // The Cloud Run id of a renamed service stays that of its first name.
      grantedByHand(world, "bills", [HR, memberOf("nightly-run"), STRANGER]);
      grantedByHand(world, "mail", [HR, memberOf("billing-run"), `user:${ODD}`, STRANGER]);
      grantedByHand(world, "seen", [STRANGER]);
      seedMembers(world, JOB, "roles/run.invoker", [memberOf("nightly-run")]);
      const before = structuredClone(world);

      const stricter = await terraform.plan(await write(adopted, { kind: "default" }));
      expect(actionsOf(stricter)[rowOf("billing")]).toBe("import update");
      const row = changeOf(stricter, rowOf("billing"));
      expect([row.before?.["members"], row.after?.["members"]]).toEqual([
        [HR, memberOf("nightly-run"), STRANGER].toSorted(),
        [HR, memberOf("nightly-run")].toSorted(),
      ]);
      grantedByHand(world, "bills", [HR, memberOf("nightly-run")]);

      const seen: ImportPolicy = { kind: "existing", existing: existingIn(snapshotOfWorld(world)) };
      const dir = await write(adopted, seen);
      expect(actionsOf(await terraform.plan(dir))).toEqual(
        Object.fromEntries(
          [
            ...["billing", "settle", "mail", "nightly"].map(accountOf),
            ...["billing", "idle", "hr"].map((name) => rowOf(name)),
            JOB_ROW,
            membersOf("mail", memberOf("billing-run")),
            membersOf("mail", HR),
            membersOf("mail", `user:${ODD.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)}`),
          ].map((address) => [address, "import no-op"]),
        ),
      );
      terraform.log.length = 0;
      expect(await terraform.apply(dir)).toContain("11 imported, 0 added, 0 changed, 0 destroyed");
      expect(terraform.log).toEqual([]);
      expect(await terraform.planIsEmpty(dir)).toBe(true);
      expect(await terraform.planIsEmpty(await write(adopted, { kind: "never" }))).toBe(true);
      expect(await terraform.planIsEmpty(await write(adopted, { kind: "always" }))).toBe(true);
      expect({ ...world, policies: {} }).toEqual({ ...before, policies: {} });
      expect(world.policies[serviceOf("mail")]).toEqual(before.policies[serviceOf("mail")]);
    }));
});

interface Scene {
  readonly terraform: Terraform;
  readonly write: (text: string, imports: ImportPolicy) => Promise<string>;
}

async function inWorld(scene: (scene: Scene) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "imports-"));
  const terraform = await startTerraform();
  let versions = 0;
  try {
    await scene({
      terraform,
      write: async (text, imports) => {
        const dir = join(root, String((versions += 1)), "prod");
        await mkdir(dir, { recursive: true });
        await writeFile(join(dir, "cdk.tf.json"), synthesize(text, TODAY, imports).get("prod") ?? "");
        return dir;
      },
    });
  } finally {
    await terraform.stop();
    await rm(root, { recursive: true });
  }
}

function accountIn(terraform: Terraform, id: string): Terraform["world"]["accounts"][string] {
  const account = terraform.world.accounts[emailOf(id)];
  if (account === undefined) throw new Error(`there is no ${id}`);
  return account;
}
