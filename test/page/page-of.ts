import { runMatrix } from "../cli/test-io.ts";
import type { PageData } from "../../src/page/page-data.ts";

/** What `matrix report` makes of the example, as it is shipped or as other files in the folder have it. */
export async function pageOf(cwd: string, ...options: readonly string[]) {
  const { code, stdout, stderr } = await runMatrix(
    ["report", "matrix.example.yaml", "--env", "prod", "-o", "-", ...options],
    { cwd },
  );
  return { code, page: stdout, stderr };
}

/** The data that the script of a page reads. */
export function dataIn(page: string): PageData {
  const [, json = ""] = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(page) ?? [];
  // The page was made by the program that this is the type of.
  return JSON.parse(json) as PageData;
}

/** The content of each element of a name, as it stands. */
export function contentsOf(page: string, name: string): readonly string[] {
  return [...page.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, content = ""]) => content);
}
