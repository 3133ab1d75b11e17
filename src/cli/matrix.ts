#!/usr/bin/env node
import { version } from "./version.ts";

// Scripts ask for the version often; it needs nothing of the program.
if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V"))
  process.stdout.write(`${version}\n`);
else await import("./main.ts");
