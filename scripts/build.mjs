// Bundles src into dist: a launcher, the program, and CDKTF, which only synth loads. Users install no dependency: CDKTF
// and the few provider classes in use are inside (the provider bindings alone are 300 MB on disk).
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { collectLicenses } from "./licenses.mjs";

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

/** CDKTF packs assets into archives; there are none here, and the archiver is half of its code. */
const withoutArchives = {
  name: "without-archives",
  setup({ onLoad }) {
    onLoad({ filter: /cdktf[/\\]lib[/\\]private[/\\]fs\.js$/ }, () => ({ contents: "" }));
  },
};

/**
 * Secretlint times each of its rules for each text, compares every mark with all before it, and logs what DEBUG asks for.
 * Here it does neither: a log of a secret scanner is no place to be verbose in.
 */
const withoutProfiler = {
  name: "without-profiler",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(@secretlint\/profiler|debug)$/ }, ({ path, importer }) =>
      /[/\\]@secretlint[/\\]/.test(importer) ? { path, namespace: "nothing" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "nothing" }, () => ({
      contents: "export const secretLintProfiler = { mark() {} }; export default () => () => {};",
    }));
  },
};

/** Seams: each is a bundle of its own, loaded only by the commands that need it. */
const seams = {
  adopt: "src/adopt/adopt.ts",
  ask: "src/ask/ask.ts",
  audit: "src/audit/audit.ts",
  cdktf: "src/synth/cdktf/synthesize-stacks.ts",
  diff: "src/diff/diff.ts",
  drift: "src/drift/drift.ts",
  evidence: "src/evidence/evidence.ts",
  gcp: "src/gcp/gcp.ts",
  guard: "src/guard/guard.ts",
  page: "src/page/page.ts",
  review: "src/access-review/review.ts",
  sweep: "src/sweep/sweep.ts",
  viz: "src/viz/viz.ts",
};
const seamsApart = {
  name: "seams-apart",
  setup({ onResolve }) {
    for (const [name, file] of Object.entries(seams)) {
      const ending = file.split("/").slice(-2).join("/");
      onResolve({ filter: /\.ts$/ }, ({ path }) =>
        path.endsWith(`/${ending}`) ? { path: `./${name}.cjs`, external: true } : undefined,
      );
    }
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  // The launcher runs the program from its code cache, where import() of another bundle is not to be had.
  supported: { "dynamic-import": false },
  minify: true,
  keepNames: true,
  legalComments: "none",
  outExtension: { ".js": ".cjs" },
  outdir: "dist",
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  define: { "import.meta.url": "__url" },
  banner: { js: 'const __url = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
  metafile: true,
};

rmSync(`${root}dist`, { recursive: true, force: true });
const program = await build({
  ...common,
  // The action of action.yml is the whole program once more, with GitHub beside it. The npm package leaves it out.
  entryPoints: { main: "src/cli/main.ts", action: "src/action/main.ts" },
  plugins: [seamsApart],
});
const apart = await build({
  ...common,
  entryPoints: seams,
  plugins: [withoutStackTraces, withoutArchives, withoutProfiler],
});
const id = createHash("sha256")
  .update(readFileSync(`${root}dist/main.cjs`))
  .digest("hex")
  .slice(0, 16);
const launcher = { ...common.define, BUILD_ID: JSON.stringify(id) };
await build({
  ...common,
  define: launcher,
  banner: { js: "#!/usr/bin/env node" },
  entryPoints: { matrix: "src/cli/matrix.ts" },
});
chmodSync(`${root}dist/matrix.cjs`, 0o755);
writeFileSync(`${root}dist/LICENSES.txt`, collectLicenses(root, [program.metafile, apart.metafile]));
