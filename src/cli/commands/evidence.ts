import { Option } from "commander";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const evidence: Register = (program, bind) => {
  const command = program
    .command("evidence")
    .summary("write a pack of evidence for an audit, and check one")
    .description(
      "Writes a folder that shows who may call what, whether it is so, and how complete that is: matrix, Terraform, snapshot, drift, exceptions, approvals, and the sums of all of it. Needs --snapshot or --live.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml")
    .option("--out <folder>", "where to write: a folder that is new or empty")
    .addOption(
      new Option(
        "--approvals <file|folder>",
        "records of the pull-request check; may be given several times",
      ).argParser(options.collect),
    )
    .addOption(options.day("--from <date>", "list the commits of the matrix from here on; default: all"))
    .option("--sign-key <file>", "sign with this Ed25519 key, PKCS #8 in PEM")
    .addOption(
      new Option("--sign-with <program>", "sign by this program: bytes on its input, base64 on its output").conflicts(
        "signKey",
      ),
    )
    .addOption(
      new Option("--sign-arg <word>", "a word for that program; may be given several times").argParser(options.collect),
    )
    .option("--key <file>", "the public key of the signature, in PEM: it is verified at once");
  options
    .asking(command, [], { asOf: "when it was read" })
    .action(
      bind(async (session, file: string | undefined, given: object) =>
        (await import("../actions/write-evidence.ts")).writeEvidence(session, file, given),
      ),
    );
  command
    .command("verify")
    // Those of making a pack are none of checking one.
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: () => [...program.options] })
    .summary("check a pack of evidence")
    .description(
      "Checks every sum and signature of a pack, and works its verdict out again from its snapshot and its matrix. Reads nothing else.",
    )
    .argument("<folder>", "the pack")
    .option("--key <file>", "the public key that must have signed it, in PEM")
    .addOption(options.format(["text", "json"]))
    .action(
      bind(async (session, folder: string, given: { readonly format: "text" | "json"; readonly key?: string }) => {
        // An option that both have goes to the outer one, wherever it stands.
        const { key = given.key } = command.opts<{ readonly key?: string }>();
        const { verifyEvidence } = await import("../actions/verify-evidence.ts");
        return verifyEvidence(session, folder, key === undefined ? given : { ...given, key });
      }),
    );
};
