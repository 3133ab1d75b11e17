import { guardFormatNames } from "../../report/guard/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const guard: Register = (program, bind) => {
  program
    .command("guard")
    .summary("say which undeclared access a Terraform plan would grant")
    .description(
      "Reads any Terraform plan, as terraform show -json prints it, and says which access to Cloud Run it would grant that the matrix does not declare, which rows and accounts of the matrix it would take, and what cannot be judged before apply.",
    )
    .argument("<plan>", "what terraform show -json PLANFILE prints; - is standard input")
    .option("--matrix <file>", "the matrix or lock file; default: MATRIX_FILE, matrix.yaml or matrix.yml")
    .addOption(options.env())
    .addOption(options.format(guardFormatNames))
    .addOption(options.failOn())
    .addOption(options.asOf())
    .option("--strict", "take no value for what its expression refers to: it is unknown, and the exit code is 3")
    .action(
      bind(async (session, plan: string, given: object) =>
        (await import("../actions/guard-terraform.ts")).guardTerraform(session, plan, given),
      ),
    );
};
