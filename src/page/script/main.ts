import type { PageData } from "../page-data.ts";
import { describeSelection } from "./details.ts";
import { around, byId, element } from "./dom.ts";
import { createFilter, noFilter } from "./filter.ts";
import { createFilterBar } from "./filter-bar.ts";
import { listenToGrid } from "./grid-keys.ts";
import { createGridView } from "./grid-view.ts";
import { lightPicture } from "./light-picture.ts";
import { readModel } from "./model.ts";
import { followLink, linkTo, type Selection } from "./selection.ts";
import { listenToTheme } from "./theme.ts";

/** Brings the page to life. Without it everything can be read; with it, found. */
function start(): void {
  // The same program wrote it into the page.
  const data = JSON.parse(byId("page-data", HTMLScriptElement).text) as PageData;
  const model = readModel(data);
  const box = byId("grid", HTMLElement);
  const panel = byId("details", HTMLElement);
  const picture = document.querySelector("#picture svg");
  byId("access", HTMLElement).hidden = false;
  for (const node of document.querySelectorAll("[data-needs-script]")) node.removeAttribute("hidden");

  const view = createGridView(box, model);
  const filter = createFilter(model);
  const shownText = byId("shown", HTMLElement);
  const bar = createFilterBar(model, (wanted) => {
    const shown = filter(wanted);
    view.show(shown);
    const pairs = shown.lit?.size ?? data.cells.length;
    shownText.textContent = `${shown.lit === null ? "All: " : "Shown: "}${counted(pairs, "pair")}, ${counted(shown.callers.length, "caller")}, ${counted(shown.callees.length, "service")}`;
  });

  let selection: Selection | undefined;
  /** What was open is where the focus goes back to. */
  const close = (): void => {
    if (selection === undefined) return;
    const place = view.placeOf(selection.caller, selection.callee);
    selection = undefined;
    panel.hidden = true;
    lightPicture(picture, model, undefined);
    history.replaceState(null, "", location.pathname + location.search);
    if (place !== undefined) view.moveTo(place, true);
  };
  const open = (next: Selection): void => {
    selection = next;
    panel.replaceChildren(...describeSelection(model, next));
    panel.hidden = false;
    panel.scrollTop = 0;
    lightPicture(picture, model, next);
    const place = view.placeOf(next.caller, next.callee);
    if (place !== undefined) view.moveTo(place, false);
    byId("details-title", HTMLElement).focus();
  };
  const follow = (): void => {
    const next = followLink(model, location.hash);
    if (next === undefined) return;
    if (view.placeOf(next.caller, next.callee) === undefined) bar.clear();
    open(next);
  };
  view.show(filter(noFilter));
  bar.clear();
  listenToGrid(box, view, (place) => {
    const next = view.at(place);
    const link = linkTo(model, next);
    if (location.hash === link) open(next);
    else location.hash = link;
  });
  addEventListener("hashchange", follow);
  panel.addEventListener("click", (event) => {
    if (around(event.target, "[data-close]") !== null) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    const isTyping = around(event.target, "input, select, textarea") !== null;
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    byId("search", HTMLInputElement).focus();
  });
  addFindingButtons(model.data, bar.showFinding);
  listenToTheme(byId("theme", HTMLElement));
  // Nobody can open what is on paper.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  follow();
}

/** Each finding that is about something in the grid leads there. */
function addFindingButtons({ findings, cells }: PageData, show: (finding: number) => void): void {
  const inCells = new Set(cells.flatMap((cell) => cell[5]));
  for (const article of document.querySelectorAll<HTMLElement>("#findings [data-finding]")) {
    const number = Number(article.dataset["finding"]);
    if (!inCells.has(number) && (findings[number]?.services.length ?? 0) === 0) continue;
    const button = element("button", { type: "button", class: "to-grid" }, "Show in the grid");
    button.addEventListener("click", () => {
      show(number);
      byId("access", HTMLElement).scrollIntoView();
      byId("grid-title", HTMLElement).focus({ preventScroll: true });
    });
    article.append(button);
  }
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

start();
