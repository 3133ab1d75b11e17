import { nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

async function main(): Promise<void> {
  // Not process.exit: what is written may still be on its way.
  process.exitCode = await run(process.argv.slice(2), nodeIo());
}

void main();
