import { expect, test } from "vitest";
import { canonicalJson } from "../../src/words/canonical-json.ts";
import { plantedSnapshot } from "./planted-snapshot.ts";

test("the example snapshot that is shipped is the one that is written here", async () => {
  await expect(`${canonicalJson(plantedSnapshot)}\n`).toMatchFileSnapshot("../../matrix.example.snapshot.json");
});
