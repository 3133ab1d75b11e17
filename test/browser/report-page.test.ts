import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { PageData } from "../../src/page/page-data.ts";
import { folderOf } from "../cli/answer.ts";
import { dataIn, pageOf } from "../page/page-of.ts";
import { findViolations } from "./find-violations.ts";
import { SKIPPED_WITHOUT_BROWSER, SLOW, visit, withoutBrowser } from "./visit.ts";

type Box = NonNullable<Awaited<ReturnType<Locator["boundingBox"]>>>;

const root = fileURLToPath(new URL("../../", import.meta.url));
const matrixLines = readFileSync(`${root}matrix.example.yaml`, "utf8").split("\n");
const lineOf = (text: string): number => matrixLines.findIndex((line) => line.includes(text)) + 1;

/** Cells of a state that are there and not faded, as the names that they have for a screen reader. */
const litPairs = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`[...document.querySelectorAll("#grid [role=gridcell]:not(.is-faded)")]
    .filter((cell) => /\\bis-(?!pointed)/.test(cell.className)).map((cell) => cell.ariaLabel)`);

const cellOf = (page: Page, caller: string, callee: string) =>
  page.locator(`#grid [role=gridcell][aria-label^="${caller} to ${callee}:"]`);

/** Opens a cell; the page follows its own link, which takes a moment. */
async function openCell(page: Page, caller: string, callee: string): Promise<string> {
  await cellOf(page, caller, callee).click();
  await page.locator("#details h2", { hasText: `${caller} calls ${callee}` }).waitFor();
  return page.locator("#details").innerText();
}

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen`);
  return box;
}

const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(`document.activeElement.getAttribute("aria-label") ?? document.activeElement.id`);

describe.skipIf(withoutBrowser)(`the report page (${SKIPPED_WITHOUT_BROWSER})`, SLOW, () => {
  let html = "";
  let data: PageData;
  beforeAll(async () => {
    html = (await pageOf(root, "--snapshot", "matrix.example.snapshot.json")).page;
    data = dataIn(html);
  });

  /** Pairs by the model, but for Google's own agents, which nobody asked for. */
  const pairsOf = (isWanted: (cell: PageData["cells"][number]) => boolean): readonly string[] =>
    data.cells
      .filter((cell) => cell[2] !== "managed" && isWanted(cell))
      .map(([callee, caller]) => `${data.callers[caller]?.id} to ${data.callees[callee]?.id}`)
      .toSorted();
  const shownPairs = async (page: Page): Promise<readonly string[]> =>
    (await litPairs(page)).map((label) => label.slice(0, label.lastIndexOf(": "))).toSorted();

  test("the verdict comes first; the grid holds what the model holds; a click says the rest", async () => {
    await visit(html, {}, async (page) => {
      const verdict = await page.locator("h1#verdict").boundingBox();
      expect(verdict?.y).toBeLessThan(200);
      expect(await page.locator("h1").allInnerTexts()).toEqual([
        expect.stringContaining("18 findings: 10 errors, 8 warnings"),
      ]);
      expect(await page.locator(".verdict").innerText()).toContain("Everything in the scope was read");

      for (const state of new Set(data.cells.map((cell) => cell[2]))) {
        const count = data.cells.filter((cell) => cell[2] === state).length;
        expect(await page.locator(`#legend [data-state=${state}]`).innerText()).toMatch(new RegExp(`\\b${count}$`));
        if (state !== "managed") expect(await page.locator(`#grid .is-${state}`).count()).toBe(count);
      }
      expect(await shownPairs(page)).toEqual(pairsOf(() => true));

      const details = page.locator("#details");
      expect(await details.isVisible()).toBe(false);
      const agreed = await openCell(page, "checkoutservice", "paymentservice");
      for (const part of [
        "checkoutservice -> paymentservice",
        "Charges the card when an order is placed",
        "SEC-1423",
        `matrix.example.yaml:${lineOf("checkoutservice -> paymentservice")}`,
        "roles/run.servicesInvoker on projects/boutique-prod-pci/locations/europe-west1/services/paymentservice",
      ])
        expect(agreed).toContain(part);
      const undeclared = await openCell(page, "group:contractors@boutique.example", "paymentservice");
      expect(undeclared).toContain("undeclared");
      expect(undeclared).toContain("undeclared-caller-other-role");
      expect(undeclared).toContain("gcloud run services remove-iam-policy-binding paymentservice --region us-central1");
      await page.locator("#details [data-close]").click();
      expect(await details.isVisible()).toBe(false);

      await page.locator("#findings .to-grid").nth(2).click();
      expect(await shownPairs(page)).toEqual(["user:dana@boutique.example to currencyservice"]);
    });
  });

  test("each filter shows what the model has of it, and nothing else", async () => {
    await visit(html, { viewport: { width: 1280, height: 1400 } }, async (page) => {
      const about = (key: "owner" | "labels", value: string) =>
        pairsOf(([callee, caller]) =>
          [data.callees[callee]?.[key], data.callers[caller]?.[key]].flat().includes(value),
        );
      const clear = page.locator("#clear");
      await page.selectOption("#owner", "team-payments");
      expect(await shownPairs(page)).toEqual(about("owner", "team-payments"));
      expect(await page.locator("#shown").innerText()).toMatch(/^Shown: /);
      await clear.click();
      const label = await page.locator("#label option").nth(1).getAttribute("value");
      await page.selectOption("#label", label);
      expect(await shownPairs(page)).toEqual(about("labels", label ?? ""));
      await clear.click();
      await page.selectOption("#rule", "undeclared-caller-inherited");
      expect(await shownPairs(page)).toEqual(
        pairsOf((cell) => cell[5].some((finding) => data.findings[finding]?.rule === "undeclared-caller-inherited")),
      );
      await clear.click();
      await page.click("#legend [data-state=missing]");
      await page.click("#legend [data-state=conditional]");
      expect(await shownPairs(page)).toEqual(pairsOf((cell) => cell[2] === "missing" || cell[2] === "conditional"));
      expect(await page.locator("#legend [aria-pressed=true]").count()).toBe(2);
      await clear.click();
      await page.fill("#search", "SEC-1423");
      expect(await shownPairs(page)).toEqual(["checkoutservice to paymentservice"]);
      await page.fill("#search", "nothing is called so");
      expect(await shownPairs(page)).toEqual([]);
      await clear.click();
      expect(await shownPairs(page)).toEqual(pairsOf(() => true));
      await page.click("#legend [data-state=managed]");
      expect((await shownPairs(page)).length).toBe(data.cells.filter((cell) => cell[2] === "managed").length);
    });
  });

  test("the keyboard alone is enough, and a screen reader hears what it is at", async () => {
    await visit(html, {}, async (page) => {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the grid");
      let presses = 0;
      const isInGrid = (): Promise<boolean> =>
        page.evaluate<boolean>(`document.activeElement.closest("#grid") !== null`);
      while (!(await isInGrid()) && presses++ < 40) await page.keyboard.press("Tab");
      expect(await focused(page)).toMatch(/^internet to adservice: /);
      await page.keyboard.press("ArrowRight");
      expect(await focused(page)).toMatch(/^internet to cartservice: undeclared/);
      await page.keyboard.press("End");
      expect(await focused(page)).toMatch(/^internet to .*debug-echo: undeclared/);
      await page.keyboard.press("Control+End");
      await page.keyboard.press("Control+Home");
      for (const key of ["ArrowDown", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
      expect(await focused(page)).toMatch(/^checkoutservice to adservice: /);
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.locator("#details-title").waitFor();
      expect(await focused(page)).toBe("details-title");
      expect(await page.locator("#details").innerText()).toContain("declared-caller-missing");
      await page.keyboard.press("Escape");
      expect(await focused(page)).toMatch(/^checkoutservice to emailservice: missing/);
      // One stop of Tab for all of the grid.
      expect(await page.locator("#grid [tabindex='0']").count()).toBe(1);
      await page.keyboard.press("/");
      expect(await focused(page)).toBe("search");
      await page.keyboard.type("ledger");
      expect(await page.locator("#shown").getAttribute("role")).toBe("status");
      expect(await page.locator("#shown").innerText()).toMatch(/^Shown: \d+ pairs?, /);

      const heard = await page.locator("main").ariaSnapshot();
      expect(heard).toMatch(/heading ".*18 findings: 10 errors, 8 warnings" \[level=1\]/);
      expect(heard).toMatch(/- grid ".+":/);
      expect(heard).toContain('gridcell "paymentservice to ledger: agreed, may call, as declared"');
      expect(heard).toMatch(/- columnheader "ledger"/);
      expect(heard).toMatch(/- rowheader "paymentservice"/);
      expect(heard).toMatch(/- searchbox "Search"/);
    });
  });

  test("axe finds nothing: in the light, in the dark, with everything open and filtered; a phone is wide enough", async () => {
    await visit(html, { colorScheme: "light" }, async (page) => {
      expect(await findViolations(page)).toEqual([]);
      await openCell(page, "group:contractors@boutique.example", "paymentservice");
      for (const state of ["undeclared", "agreed"]) await page.click(`#legend [data-state=${state}]`);
      await page.evaluate(`for (const details of document.querySelectorAll("details")) details.open = true`);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await findViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 380, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(380);
    });
  });

  test("without its script the page shows the verdict, the findings and the tables; on paper too", async () => {
    const readable = async (page: Page): Promise<void> => {
      expect(await page.locator("h1#verdict").isVisible()).toBe(true);
      expect(await page.locator("article.finding:visible").count()).toBe(18);
      expect(await page.locator("#tables tr:visible", { hasText: "SEC-1423" }).first().isVisible()).toBe(true);
      expect(await page.locator("#filters").isVisible()).toBe(false);
    };
    await visit(html, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator("[data-needs-script]:visible, #grid:visible").count()).toBe(0);
      await page.locator("#tables summary").first().click();
      await readable(page);
    });
    await visit(html, {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      await readable(page);
    });
  });

  test("180 services by 180: headers stay where they are, cells stand under them, and few of all are there", async () => {
    const name = (number: number): string => `service-${String(number % 180).padStart(3, "0")}`;
    const numbers = Array.from({ length: 180 }, (_, number) => number);
    const matrix = {
      version: 1,
      environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
      services: Object.fromEntries(numbers.map((number) => [name(number), {}])),
      trust: Object.fromEntries(
        numbers.flatMap((i) => [1, 7, 90].map((step) => [`${name(i)} -> ${name(i + step)}`, "Needs it"])),
      ),
    };
    const folder = folderOf({ "matrix.example.yaml": JSON.stringify(matrix) });
    await visit((await pageOf(folder)).page, { viewport: { width: 1280, height: 800 } }, async (page) => {
      const grid = await boxOf(page, "#grid");
      // The header, everybody, and each service.
      expect(await page.locator("#grid").getAttribute("aria-rowcount")).toBe("182");
      await page.evaluate(`document.querySelector("#grid").scrollTo(2000, 2500)`);
      const cell = page.locator(`#grid [aria-label^="service-089 to service-090:"]`);
      await cell.waitFor();
      const [at, above, beside] = [
        await boxOf(page, `#grid [aria-label^="service-089 to service-090:"]`),
        await boxOf(page, `#grid [role=columnheader][title="service-090"]`),
        await boxOf(page, `#grid [role=rowheader][title="service-089"]`),
      ];
      expect(Math.abs(above.x - at.x)).toBeLessThan(2);
      expect(Math.abs(beside.y - at.y)).toBeLessThan(2);
      expect(above.y - grid.y).toBeLessThan(5);
      expect(beside.x - grid.x).toBeLessThan(5);
      // What is on top there is the header, not a cell under it.
      const on = `document.elementFromPoint(${above.x + 5}, ${above.y + above.height - 5}).closest("[role=columnheader]").title`;
      expect(await page.evaluate(on)).toBe("service-090");
      expect(await page.locator("#grid [role=gridcell]").count()).toBeLessThan(5000);
      expect(await openCell(page, "service-089", "service-090")).toContain("service-089 -> service-090");
    });
  });
});
