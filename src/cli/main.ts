import { nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

void run(process.argv.slice(2), nodeIo()).then((code) => {
  process.exitCode = code;
});
