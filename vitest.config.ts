import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Terraform runs take seconds; two of them at once is what two cores can do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // The program keeps nothing between runs, so files share their modules: a third of the time was loading them anew.
    isolate: false,
  },
});
