// The README's first command: the example becomes Terraform, what came out is shown, and then what drift finds in the
// production of the example, as a snapshot of it says.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const colors = process.env.NO_COLOR === undefined || process.env.NO_COLOR === "";
const style = (code, text) => (colors ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Runs matrix as a person would, and ends where it does not end as expected. */
function matrix(expected, ...args) {
  console.log(style("1;34", `$ matrix ${args.join(" ")}`));
  const { status } = spawnSync(process.execPath, ["dist/matrix.cjs", "--color", colors ? "always" : "never", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  console.log();
  if (status !== expected) process.exit(status || 1);
}

/** JSON with its keys and texts in colour. */
function paintJson(value) {
  return JSON.stringify(value, null, 2)
    .replace(/"([^"\n]*)"(:?)/g, (_, text, colon) =>
      colon === "" ? style("32", `"${text}"`) : `${style("36", `"${text}"`)}:`,
    )
    .replace(/\b(true|false)\b/g, (word) => style("33", word));
}

matrix(0, "validate", "matrix.example.yaml");
matrix(0, "synth", "matrix.example.yaml");
matrix(0, "synth", "matrix.example.yaml", "--check");

const file = "cdktf.out/stacks/prod-pci/cdk.tf.json";
const { resource } = JSON.parse(readFileSync(`${root}${file}`, "utf8"));
const account = resource.google_service_account.paymentservice;
const row = resource.google_cloud_run_v2_service_iam_binding["paymentservice_europe-west1_invoker"];
console.log(style("1", "Who may call paymentservice in europe-west1, as Terraform will hold it:"));
console.log(style("2", `# from ${file}`));
console.log(
  paintJson({
    "google_service_account.paymentservice": account,
    "google_cloud_run_v2_service_iam_binding.paymentservice_europe-west1_invoker": row,
  }),
);
console.log(`\n${style("1", "And what is really there? A snapshot of it, with a dozen troubles planted:")}`);
matrix(1, "drift", "matrix.example.yaml", "--env", "prod", "--snapshot", "matrix.example.snapshot.json");

console.log(
  `\nEverything is in ${style("1", "cdktf.out/stacks")}. Change matrix.example.yaml and run this again, or break it:`,
);
console.log(
  style(
    "1;34",
    `$ sed 's/paymentservice -> ledger/paymentservice -> leger/' matrix.example.yaml | npx matrix validate -`,
  ),
);
