import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "./find-chromium.ts";
import { startTrap, type Trap } from "./start-trap.ts";

/** For `describe.skipIf`: tests that need a browser show as skipped where none is. */
export const withoutBrowser = findChromium() === undefined;
export const SKIPPED_WITHOUT_BROWSER = "skipped where no Chromium is: set CHROMIUM_PATH, or install Debian's chromium";

/** A page takes a tenth of a second on an idle machine, and much longer on one that others use too. */
export const SLOW = { timeout: 60_000 } as const;

const FLAGS = [
  // Chromium's sandbox does not start as root in a container. What is opened here are files of these tests.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type VisitOptions = Pick<BrowserContextOptions, "colorScheme" | "javaScriptEnabled" | "viewport">;

/**
 * Opens a page of HTML, or a drawing in SVG, as a person opens a file, shows it to `look`, and throws when, until the end of that, it asked for
 * anything but itself, ran into its own content policy, wrote an error or a warning, threw, or opened a dialog or a window.
 */
export async function visit<T>(content: string, options: VisitOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const { browser, trap } = await sharedBrowser();
  const folder = await mkdtemp(join(tmpdir(), "matrix-page-"));
  const file = join(folder, content.startsWith("<svg") ? "drawing.svg" : "page.html");
  await writeFile(file, content);
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    serviceWorkers: "block",
    proxy: { server: trap.url },
    ...options,
  });
  const page = await context.newPage();
  // Of a page that does not come to life, the test says so before its own time is over.
  page.setDefaultTimeout(15_000);
  const url = pathToFileURL(file).href;
  const complaints = watch(page, url);
  const [looked] = await Promise.allSettled([page.goto(url).then(() => look(page))]);
  await context.close();
  await rm(folder, { recursive: true, force: true });
  const knocks = trap.takeCount();
  if (knocks > 0) complaints.push(`network: ${knocks} connections`);
  const cause = looked.status === "rejected" ? looked.reason : undefined;
  // What the page said explains more than what was not found on it.
  if (complaints.length > 0) throw new Error(`the page is not quiet:\n${complaints.join("\n")}`, { cause });
  if (looked.status === "rejected") throw looked.reason;
  return looked.value;
}

let shared: Promise<{ readonly browser: Browser; readonly trap: Trap }> | undefined;

/** One for all files that a worker of Vitest runs: they share their modules. Playwright ends it with the process. */
function sharedBrowser(): NonNullable<typeof shared> {
  shared ??= (async () => {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error("there is no Chromium");
    return { browser: await chromium.launch({ executablePath, args: FLAGS }), trap: await startTrap() };
  })();
  return shared;
}

function watch(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  // Violations of the content policy arrive here too, as errors.
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`thrown: ${String(error)}`));
  page.on("popup", (popup) => complaints.push(`window: ${popup.url()}`));
  page.on("download", (download) => complaints.push(`download: ${download.url()}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}
