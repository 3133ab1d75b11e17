// Makes docs/images/report.png anew: the page of the example, as `matrix report` writes it, in Chromium. Needs `npm run build`
// before, and a Chromium: CHROMIUM_PATH, or the one that Debian installs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "matrix-screenshot-"));
const page = join(folder, "report.html");
const argv = ["matrix.example.yaml", "--env", "prod", "--snapshot", "matrix.example.snapshot.json", "-o", page];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

try {
  const { status, stderr } = spawnSync(process.execPath, ["dist/matrix.cjs", "report", ...argv], { cwd: root });
  if (status !== 0) throw new Error(`matrix report ended with ${status}: ${stderr}`);
  const tab = await browser.newPage({ viewport: { width: 1280, height: 1330 }, reducedMotion: "reduce" });
  await tab.goto(`${pathToFileURL(page)}#pair/group:contractors@boutique.example/paymentservice`);
  // The picture begins where the page does, and nobody is at the keyboard.
  await tab.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
  await tab.waitForTimeout(200);
  await tab.screenshot({ path: join(root, "docs/images/report.png"), animations: "disabled" });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
