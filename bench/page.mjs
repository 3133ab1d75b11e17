// How long a person waits for the grid of a report: from opening the file until a cell of it can be read, and after a jump.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { makeModel } from "./model.mjs";

const SERVICES = 180;
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** @param bench the program, a folder for files, and where rows go */
export async function benchPage({ matrix, folder, report, ms }) {
  if (!existsSync(executablePath)) return;
  const [yaml, html] = ["yaml", "html"].map((ending) => join(folder, `page.${ending}`));
  writeFileSync(yaml, makeModel(SERVICES, 10).yaml);
  const { status, stderr } = spawnSync(process.execPath, [matrix, "report", yaml, "-o", html], { encoding: "utf8" });
  if (status !== 0) throw new Error(`report ended with ${status}: ${stderr}`);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const times = { open: [], jump: [] };
    const timed = async (key, act) => {
      const started = performance.now();
      await act();
      times[key].push(performance.now() - started);
    };
    for (let run = 0; run < 5; run++) {
      await timed("open", async () => {
        await page.goto(pathToFileURL(html).href, { waitUntil: "commit" });
        await page.locator("#grid .is-declared").first().waitFor();
      });
      await timed("jump", async () => {
        await page.evaluate("document.querySelector('#grid').scrollTo(9999, 9999)");
        await page.locator("#grid [role=rowheader][title=service-00179]").waitFor();
      });
    }
    const median = (values) => values.sort((a, b) => a - b)[2];
    const [open, jump] = [median(times.open), median(times.jump)];
    report(
      `the page of ${SERVICES} services x 10 callers, from opening to the grid`,
      ms(open),
      "under 1,000 ms",
      open < 1000,
    );
    report("in it, from one corner of the grid to the other", ms(jump), "under 300 ms", jump < 300);
  } finally {
    await browser.close();
  }
}
