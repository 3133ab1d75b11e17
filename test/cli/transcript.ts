import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ran, runMatrix } from "./test-io.ts";
import { words } from "./words.ts";

const example = fileURLToPath(new URL("../../matrix.example.yaml", import.meta.url));

/** Commits that are the same on every machine, whatever its owner has configured. */
const gitEnvironment = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "Ana",
  GIT_AUTHOR_EMAIL: "ana@acme.example",
  GIT_AUTHOR_DATE: "2026-11-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Ana",
  GIT_COMMITTER_EMAIL: "ana@acme.example",
  GIT_COMMITTER_DATE: "2026-11-01T00:00:00Z",
} as const;

/**
 * Runs the commands of a transcript again and writes down what they say now. A transcript is Markdown; in its `console`
 * blocks, a line that starts with `$ ` is a command, and what follows it is what the command wrote: standard output as
 * it is, standard error behind `2> `, the exit code in brackets where it is not 0, an escape character as `␛`.
 * Each `##` starts in a new folder that holds matrix.example.yaml and nothing else.
 */
export async function replay(markdown: string, newFolder: () => string): Promise<string> {
  const lines: string[] = [];
  let folder = "";
  let isConsole = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) isConsole = line === "```console";
    if (line.startsWith("## ")) {
      folder = newFolder();
      copyFileSync(example, join(folder, "matrix.example.yaml"));
    }
    if (!isConsole || line.startsWith("```")) lines.push(line);
    else if (line.startsWith("$ ")) lines.push(line, ...(await told(line.slice(2), folder)));
    // A command that goes on in the next line; everything else is the output of last time.
    else if (line.startsWith("> ")) throw new Error(`a command stands on one line: ${line}`);
  }
  return lines.join("\n");
}

async function told(command: string, folder: string): Promise<readonly string[]> {
  const { written, code } = await execute(command, folder);
  const blocks = written.map(({ to, text }) => linesOf(text).map((line) => (to === "stderr" ? `2> ${line}` : line)));
  return [...blocks.flat(), ...(code === 0 ? [] : [`[${code}]`])].map((line) =>
    line.replaceAll("\u001b", "␛").replaceAll(folder, "/home/ana/shop").trimEnd(),
  );
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** `matrix` runs in this process; whatever else there is, in a shell. */
async function execute(command: string, folder: string): Promise<Pick<Ran, "written" | "code">> {
  const [, piped, line = ""] = /^(?:(.*) \| )?((?:[A-Z_]+=\S* )*matrix(?: .*)?)$/.exec(command) ?? [];
  if (line === "") return shell(command, folder);
  const all = words(line);
  const start = all.indexOf("matrix");
  const { COLUMNS, ...env } = Object.fromEntries(all.slice(0, start).map((each) => each.split(/=(.*)/s)));
  return runMatrix(all.slice(start + 1), {
    cwd: folder,
    env,
    // On a terminal where its width is given, else into a pipe.
    ...(COLUMNS === undefined ? {} : { terminal: Number(COLUMNS) }),
    ...(piped === undefined ? {} : { stdin: execFileSync("bash", ["-c", piped], { cwd: folder }) }),
  });
}

function shell(command: string, folder: string): Pick<Ran, "written" | "code"> {
  const { stdout, stderr, status } = spawnSync("bash", ["-c", command], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...gitEnvironment },
  });
  const written = [
    { to: "stdout" as const, text: stdout },
    { to: "stderr" as const, text: stderr },
  ];
  return { written: written.filter(({ text }) => text !== ""), code: status ?? 1 };
}
