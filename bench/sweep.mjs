// What sweep finds of the corpus that was written for it, and how long a tree of some thousand files takes.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readCorpus, scoreCorpus } from "../test/sweep/corpus/unpack.mjs";
import { measureInTurns } from "./measure.mjs";

const FILES = 5_000;
const TEAMS = 20;

/** @param bench the program, a folder for files, and where rows go */
export function benchSweep({ matrix, folder, report, ms }) {
  for (const part of ["first", "held-out", "blind"]) {
    const corpus = readCorpus(part);
    const root = join(folder, `corpus-${part}`);
    writeFiles(root, corpus.files);
    const { stdout } = spawnSync(process.execPath, [matrix, "sweep", ".", "--format", "json"], {
      cwd: root,
      encoding: "utf8",
    });
    const places = JSON.parse(stdout).credentials.flatMap((each) =>
      each.places.map(({ file, line }) => ({ file, line, credential: each.number })),
    );
    const { found, missed, wrong, precision, recall } = scoreCorpus(corpus, places);
    const marks = `${found + missed.length} credentials, ${corpus.marks.filter(({ isSecret }) => !isSecret).length} that only look like one`;
    report(
      `sweep, ${part} corpus (${marks}): precision; wrong: ${wrong.length}`,
      precision.toFixed(3),
      "at least 0.95",
      precision >= 0.95,
    );
    report(
      `sweep, ${part} corpus: recall; missed: ${missed.length}`,
      recall.toFixed(3),
      "at least 0.95",
      recall >= 0.95,
    );
  }
  const tree = join(folder, "tree");
  const { files } = readCorpus("first");
  for (let copy = 0; copy < TEAMS; copy++) writeFiles(join(tree, `team-${copy}`), files);
  writeFiles(tree, plainFiles(FILES - TEAMS * files.size));
  writeFileSync(join(folder, "key"), "a key of the benchmark alone");
  const { sweep } = measureInTurns(
    // A baseline is written so that the run ends well.
    {
      sweep: [
        matrix,
        "sweep",
        tree,
        "-q",
        "--key-file",
        join(folder, "key"),
        "--write-baseline",
        join(folder, "b.json"),
      ],
    },
    3,
    folder,
  );
  report(
    `sweep of ${FILES} files, ${TEAMS * files.size} of them the corpus ${TEAMS} times (peak memory: ${Math.round(sweep.memory)} MiB)`,
    ms(sweep.wall),
    "under 10,000 ms",
    sweep.wall < 10_000,
  );
}

/** Programs and manifests without a credential, of 2 to 8 kB; half of the manifests name keys. */
function plainFiles(count) {
  return Array.from({ length: count }, (_, file) => {
    const lines = 40 + (file % 80);
    const line = (at) =>
      file % 2 === 0
        ? `export function part${at}(request: Request): number { return request.size * ${file + at}; }`
        : `setting${at}: { ${file % 4 === 1 ? "sortKey" : "name"}: part-${at}, size: ${file * at}, url: "https://part-${at}.internal/v1" }`;
    const text = Array.from({ length: lines }, (__, at) => line(at)).join("\n");
    return [`src/${file % 50}/part${file}.${file % 2 === 0 ? "ts" : "yaml"}`, text];
  });
}

function writeFiles(root, files) {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}
