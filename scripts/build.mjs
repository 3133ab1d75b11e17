// Bundles src into dist: a small entry, and chunks that only the commands which need them load. Users install no
// dependency: CDKTF and the few provider classes in use are inside (the provider bindings alone are 300 MB on disk).
import { chmodSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** CDKTF records a stack trace for each of its tokens, at an unlimited depth. Nobody reads them here, and they cost a third of synth. */
const withoutStackTraces = {
  name: "without-stack-traces",
  setup({ onLoad }) {
    onLoad({ filter: /cdktf[/\\]lib[/\\]tokens[/\\]private[/\\]stack-trace\.js$/ }, () => ({
      contents: "exports.captureStackTrace = () => [];",
    }));
  },
};

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { matrix: "src/cli/matrix.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minify: true,
  keepNames: true,
  legalComments: "linked",
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  chunkNames: "chunks/[name]-[hash]",
  // CommonJS inside of the bundle asks for Node's own modules by require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  plugins: [withoutStackTraces],
  logLevel: "warning",
});
chmodSync(`${root}dist/matrix.js`, 0o755);
