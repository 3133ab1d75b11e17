import type { PageData } from "../page-data.ts";
import { around, byId, element } from "./dom.ts";
import { createFilter, type Shown } from "./filter.ts";
import { FilterBar } from "./filter-bar.ts";
import { listenToGrid } from "./grid-keys.ts";
import { GridView } from "./grid-view.ts";
import { readModel } from "./model.ts";
import { Panel } from "./panel.ts";
import { followLink, linkTo } from "./selection.ts";
import { listenToTheme } from "./theme.ts";

/** Brings the page to life. Without it everything can be read; with it, found. */
function start(): void {
  // The same program wrote it into the page.
  const data = JSON.parse(byId("page-data", HTMLScriptElement).text) as PageData;
  const model = readModel(data);
  const box = byId("grid", HTMLElement);
  const access = byId("access", HTMLElement);
  access.hidden = false;
  for (const node of document.querySelectorAll("[data-needs-script]")) node.removeAttribute("hidden");

  const view = new GridView(box, model);
  const panel = new Panel(model, view);
  const filter = createFilter(model);
  const bar = new FilterBar(model, (wanted) => {
    const shown = filter(wanted);
    view.show(shown);
    byId("shown", HTMLElement).textContent = describeShown(shown, data);
  });
  bar.clear();

  const follow = (): void => {
    const next = followLink(model, location.hash);
    if (next === undefined) return;
    if (view.placeOf(next) === undefined) bar.clear();
    panel.open(next);
    access.scrollIntoView({ block: "nearest" });
  };
  listenToGrid(box, view, (place) => {
    const next = view.at(place);
    const link = linkTo(model, next);
    if (location.hash === link) panel.open(next);
    else location.hash = link;
  });
  addEventListener("hashchange", follow);
  listenToKeys(panel);
  addFindingButtons(data, (finding) => {
    bar.showFinding(finding);
    access.scrollIntoView();
    byId("grid-title", HTMLElement).focus({ preventScroll: true });
  });
  listenToTheme(byId("theme", HTMLElement));
  // Nobody can open what is on paper.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  follow();
}

function listenToKeys(panel: Panel): void {
  document.addEventListener("keydown", (event) => {
    const isTyping = around(event.target, "input, select, textarea") !== null;
    // A search box has an Escape of its own.
    if (event.key === "Escape" && !isTyping) panel.close();
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    byId("search", HTMLInputElement).focus();
  });
}

/** Each finding that is about something in the grid leads there. */
function addFindingButtons({ findings, cells }: PageData, show: (finding: number) => void): void {
  const inCells = new Set(cells.flatMap((cell) => cell[5]));
  for (const article of document.querySelectorAll<HTMLElement>("#findings [data-finding]")) {
    const number = Number(article.dataset["finding"]);
    if (!inCells.has(number) && (findings[number]?.services.length ?? 0) === 0) continue;
    const button = element("button", { type: "button", class: "to-grid" }, "Show in the grid");
    button.addEventListener("click", () => show(number));
    article.append(button);
  }
}

function describeShown({ callers, callees, lit, isAll }: Shown, { cells }: PageData): string {
  const counts = `${counted(lit, "pair")}, ${counted(callers.length, "caller")}, ${counted(callees.length, "service")}`;
  const hasAgents = isAll && lit < cells.length;
  return `${isAll ? "All" : "Shown"}: ${counts}${hasAgents ? "; Google's own agents are left out" : ""}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

start();
