import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { hiddenCharacter, showCharacter } from "../../src/report/hidden-characters.ts";
import { folderOf } from "../cli/answer.ts";
import { runMatrix } from "../cli/test-io.ts";
import { parseCsv } from "../report/drift/parse-csv.ts";
import { hostileWorld } from "./hostile-world.ts";
import { hostileWriter, plainWriter } from "./payloads.ts";
import { SKIPPED_WITHOUT_BROWSER, SLOW, visit, withoutBrowser } from "./visit.ts";

const FILE = `"><img src=x onerror=window.__hit=1>';=1.yaml`;

interface World {
  /** Texts as they were given, by place. */
  readonly given: ReadonlyMap<string, string>;
  readonly ask: (...argv: readonly string[]) => Promise<string>;
}

function worldOf(kind: "hostile" | "plain"): World {
  const [matrix, snapshot] =
    kind === "hostile" ? [hostileWriter("what a matrix takes"), hostileWriter("all")] : [plainWriter(), plainWriter()];
  const files = hostileWorld(matrix.write, snapshot.write);
  const cwd = folderOf({
    "matrix.yaml": files.matrix,
    [`services/${kind === "hostile" ? FILE : "some.yaml"}`]: files.included,
    "live.json": files.snapshot,
  });
  return {
    given: new Map([...matrix.written, ...snapshot.written]),
    ask: async (...argv) => {
      const { code, stdout, stderr } = await runMatrix([...argv, "--env", "prod", "--snapshot", "live.json"], { cwd });
      expect([0, 1, 3], stderr).toContain(code);
      return stdout;
    },
  };
}

/** As the project shows a text: what cannot be seen is written out. Blanks and case are the reader's. */
const shown = (text: string): string => loose(text.replace(hiddenCharacter, showCharacter));
const loose = (text: string): string => text.replaceAll(/\s+/g, " ").toLowerCase();

/** Which of the given texts stand in what was shown, from their first character to their last. */
function placesIn({ given }: World, text: string): readonly string[] {
  const seen = loose(text);
  return [...given].flatMap(([place, each]) => (seen.includes(shown(each)) ? [place] : []));
}

const hit = (page: Page): Promise<unknown> => page.evaluate("window.__hit");

/** Every kind of element with the names of its attributes, and how often it is there. */
const skeleton = (page: Page): Promise<Readonly<Record<string, number>>> =>
  page.evaluate<Readonly<Record<string, number>>>(`[...document.querySelectorAll("*")].reduce((counts, element) => {
    const kind = element.tagName + " " + element.getAttributeNames().sort().join(" ");
    return { ...counts, [kind]: (counts[kind] ?? 0) + 1 };
  }, {})`);

const require = createRequire(import.meta.url);
const mermaid = readFileSync(require.resolve("@mermaid-js/tiny/dist/mermaid.tiny.js"), "utf8");

/** The labels of a drawing that another has not, up to where they are cut; Mermaid needs blanks that nobody sees. */
function labelsBeyond(found: readonly string[], expected: readonly string[]): readonly string[] {
  return found
    .filter((label) => !expected.includes(label))
    .map((label) => label.replaceAll("\u200b", "").replace(/^(user|group|domain|serviceAccount):|^acme-prod, z /, ""))
    .map((label) => loose(label.replace(/….*| \(not in the.*/, "")));
}

/** Names are cut in drawings: what is left is what was given. */
function expectCutFrom({ given }: World, labels: readonly string[]): void {
  const texts = [...given.values()].map((text) => shown(text));
  expect(labels.filter((label) => label.length < 20 || !texts.some((text) => text.includes(label)))).toEqual([]);
}

describe.skipIf(withoutBrowser)(`hostile names in the browser (${SKIPPED_WITHOUT_BROWSER})`, SLOW, () => {
  let plain: World;
  let hostile: World;
  beforeEach(() => {
    plain = worldOf("plain");
    hostile = worldOf("hostile");
  });

  test("the report: nothing runs, nothing loads, no element is added, and every text is shown as it is", async () => {
    const look = async (world: World) =>
      visit(await world.ask("report", "-o", "-"), {}, async (page) => {
        await page.evaluate(`for (const details of document.querySelectorAll("details")) details.open = true`);
        await page.locator(`#grid [aria-label^="internet to bill:"]`).click();
        await page.locator("#details h2").waitFor();
        expect(await page.locator("#details").innerText()).toContain("public-undeclared");
        const seen = await page.locator("body").innerText();
        expect(seen).not.toMatch(/(?!\n|\t)[\p{Cc}\p{Cf}]/u);
        expect(await hit(page)).toBeUndefined();
        return { places: placesIn(world, seen), skeleton: await skeleton(page) };
      });
    const [expected, found] = [await look(plain), await look(hostile)];
    expect(expected.places.length).toBeGreaterThan(25);
    expect(found).toEqual(expected);
  });

  test("the drawing: the same elements, and names as they are", async () => {
    const look = async (world: World) =>
      visit(await world.ask("graph", "--format", "svg"), {}, async (page) => {
        expect(await hit(page)).toBeUndefined();
        return { labels: await page.locator("text").allTextContents(), skeleton: await skeleton(page) };
      });
    const [expected, found] = [await look(plain), await look(hostile)];
    expect(found.skeleton).toEqual(expected.skeleton);
    expect(found.labels).toHaveLength(expected.labels.length);
    const beyond = labelsBeyond(found.labels, expected.labels);
    expect(beyond.length).toBeGreaterThan(5);
    expectCutFrom(hostile, beyond);
  });

  test("Mermaid, even where it trusts what it draws: the same elements, and names as they are", async () => {
    const look = async (world: World) => {
      const chart = await world.ask("graph", "--format", "mermaid");
      return visit("<!doctype html><title>t</title>", {}, async (page) => {
        await page.addScriptTag({ content: mermaid });
        await page.evaluate(`mermaid.initialize({ startOnLoad: false, securityLevel: "loose" });
          mermaid.render("drawn", ${JSON.stringify(chart)}).then(({ svg }) => { document.body.innerHTML = svg; })`);
        expect(await hit(page)).toBeUndefined();
        return { labels: await page.locator("span.nodeLabel").allTextContents(), skeleton: await skeleton(page) };
      });
    };
    const [expected, found] = [await look(plain), await look(hostile)];
    expect(found.skeleton).toEqual(expected.skeleton);
    const beyond = labelsBeyond(found.labels, expected.labels);
    expect(beyond.length).toBeGreaterThan(5);
    expectCutFrom(hostile, beyond);
  });
});

const asks: readonly (readonly string[])[] = [
  ["who-can-call", "bill", "--transitive"],
  ["who-can-call", "cart"],
  ["can", "front", "cart"],
  ["explain-access", "nightly", "bill"],
  ["explain-access", "cart", "front"],
  ["blast-radius", "front"],
  ["list", "--transitive"],
  ["drift"],
];

describe("hostile names in a terminal and in a spreadsheet", () => {
  test.each(asks.map((ask) => [ask.join(" "), ask] as const))("%s", async (_, ask) => {
    const world = worldOf("hostile");
    const unseen = (await world.ask(...ask)).match(hiddenCharacter) ?? [];
    expect(unseen.filter((character) => character !== "\n")).toEqual([]);
    const rows = parseCsv(await world.ask(...ask, "--format", "csv"));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.flat().filter((cell) => /(^|;)\s*[=+\-@\t\r]/.test(cell) || cell.search(hiddenCharacter) >= 0)).toEqual(
      [],
    );
  });
});
