import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gitEnvironment } from "../git/git-environment.ts";
import { applyDiff } from "../docs/apply-diff.ts";
import { editSnapshot, exampleSnapshotText } from "./edit-snapshot.ts";
import { type Ran, runMatrix } from "./test-io.ts";
import { words } from "./words.ts";

const example = fileURLToPath(new URL("../../matrix.example.yaml", import.meta.url));

const library = fileURLToPath(new URL("./transcripts/", import.meta.url));

/** All of them, by name. */
export const transcripts = readdirSync(library)
  .sort()
  .map((name) => ({ name, path: `${library}${name}`, text: readFileSync(`${library}${name}`, "utf8") }));

/**
 * Runs the commands of a transcript again and writes down what they say now. A transcript is Markdown; in its `console`
 * blocks, a line that starts with `$ ` is a command, and what follows it is what the command wrote: standard output as
 * it is, standard error behind `2> `, the exit code in brackets where it is not 0, an escape character as `␛`. A `yaml`
 * block with a file's name writes that file; a `diff` block with one changes it; a `js` block with one writes the example
 * snapshot as the block changes it. Each `##` starts in a new folder that holds matrix.example.yaml and matrix.example.snapshot.json.
 */
export async function replay(markdown: string, newFolder: () => string): Promise<string> {
  const lines: string[] = [];
  let folder = "";
  let block: { readonly info: string; readonly lines: string[] } | undefined;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("## ")) {
      folder = newFolder();
      copyFileSync(example, join(folder, "matrix.example.yaml"));
      writeFileSync(join(folder, "matrix.example.snapshot.json"), exampleSnapshotText);
    }
    const fence = line.startsWith("```");
    if (fence && block !== undefined) writeBlock(block, folder);
    if (fence) block = block === undefined ? { info: line.slice(3), lines: [] } : undefined;
    if (block?.info !== "console" || fence) lines.push(line);
    else if (line.startsWith("$ ")) lines.push(line, ...(await told(line.slice(2), folder)));
    if (!fence) block?.lines.push(line);
  }
  return lines.join("\n");
}

function writeBlock(
  { info, lines }: { readonly info: string; readonly lines: readonly string[] },
  folder: string,
): void {
  const [, language, file] = /^(yaml|diff|js) (\S+)$/.exec(info) ?? [];
  if (file === undefined) return;
  const text = lines.map((line) => `${line}\n`).join("");
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  const made = {
    yaml: () => text,
    diff: () => applyDiff(readFileSync(join(folder, file), "utf8"), text),
    js: () => editSnapshot(text),
  };
  writeFileSync(join(folder, file), made[language as keyof typeof made]());
}

async function told(command: string, folder: string): Promise<readonly string[]> {
  const { written, code } = await execute(command, folder);
  const blocks = written
    .filter(({ text }) => text !== "")
    .map(({ to, text }) => linesOf(text).map((line) => (to === "stderr" ? `2> ${line}` : line)));
  return [...blocks.flat(), ...(code === 0 ? [] : [`[${code}]`])].map((line) =>
    line.replaceAll("\u001b", "␛").replaceAll(folder, "/home/ana/shop").trimEnd(),
  );
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** `matrix` runs in this process, with what is before and behind it in a pipe; whatever else there is, in a shell. */
async function execute(command: string, folder: string): Promise<Pick<Ran, "written" | "code">> {
  const [, before, line = "", behind] =
    /^(?:(.*?) \| )?((?:[A-Z_]+=\S* )*matrix(?: (?:'[^']*'|"[^"]*"|[^|'"])*?)?)(?: \| (.*))?$/.exec(command) ?? [];
  if (line === "") return shell(command, folder);
  const all = words(line);
  const start = all.indexOf("matrix");
  const { COLUMNS, ...env } = Object.fromEntries(all.slice(0, start).map((each) => each.split(/=(.*)/s)));
  const ran = await runMatrix(all.slice(start + 1), {
    cwd: folder,
    env,
    // On a terminal where its width is given, else into a pipe.
    ...(COLUMNS === undefined ? {} : { terminal: Number(COLUMNS) }),
    ...(before === undefined ? {} : { stdin: execFileSync("bash", ["-c", before], { cwd: folder }) }),
  });
  if (behind === undefined) return ran;
  const { written } = shell(behind, folder, ran.stdout);
  return { written: [...written, ...ran.written.filter(({ to }) => to === "stderr")], code: ran.code };
}

function shell(command: string, folder: string, input = ""): Pick<Ran, "written" | "code"> {
  const { stdout, stderr, status } = spawnSync("bash", ["-c", command], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: { ...process.env, ...gitEnvironment },
  });
  const written = [
    { to: "stdout" as const, text: stdout },
    { to: "stderr" as const, text: stderr },
  ];
  return { written, code: status ?? 1 };
}
