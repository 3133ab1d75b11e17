import { join } from "node:path";
import { runBundle } from "./code-cache.ts";
import { version } from "./version.ts";

const [first = "help"] = process.argv.slice(2);

// Scripts ask for the version often; it needs nothing of the program.
if (process.argv.length === 3 && (first === "--version" || first === "-V")) process.stdout.write(`${version}\n`);
else runBundle(join(__dirname, "main.cjs"), /^[a-z]{2,12}$/.test(first) ? first : "other");
