// Loaded into each measured process: on exit it writes what the process used to the file that METER names.
const { writeFileSync } = require("node:fs");

process.once("exit", () => {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.METER, JSON.stringify({ user: userCPUTime / 1e3, memory: maxRSS / 1024 }));
});
