import type { Register } from "./command.ts";

export const init: Register = (program, bind) => {
  program
    .command("init")
    .summary("write a commented matrix to start from")
    .description("Writes a small commented matrix to start from. An existing file is never replaced.")
    .argument("[file]", "where to write it", "matrix.yaml")
    .action(bind(async (session, file: string) => (await import("../actions/init-file.ts")).initFile(session, file)));
};
