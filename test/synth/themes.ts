import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
const example = fileURLToPath(new URL("../../matrix.example.yaml", import.meta.url));

/** A small matrix that shows one part of the language. */
export interface Theme {
  readonly name: string;
  readonly text: string;
}

/** Every theme: the example of the repository, and one for each file under fixtures/. */
export const themes: readonly Theme[] = [
  { name: "example", text: readFileSync(example, "utf8") },
  ...readdirSync(fixtures)
    .sort()
    .map((file) => ({ name: file.replace(/\.yaml$/, ""), text: readFileSync(`${fixtures}${file}`, "utf8") })),
];
