import { describeSelection } from "./details.ts";
import { around, byId } from "./dom.ts";
import type { GridView } from "./grid-view.ts";
import { lightPicture } from "./light-picture.ts";
import type { Model } from "./model.ts";
import type { Selection } from "./selection.ts";

/** The panel beside the grid, which tells of what is open. */
export class Panel {
  readonly #model: Model;
  readonly #view: GridView;
  readonly #box = byId("details", HTMLElement);
  readonly #picture = document.querySelector("#picture svg");
  #selection: Selection | undefined;

  constructor(model: Model, view: GridView) {
    this.#model = model;
    this.#view = view;
    this.#box.addEventListener("click", (event) => {
      if (around(event.target, "[data-close]") !== null) this.close();
      follow(event.target);
    });
    // What is drawn is no button of itself.
    this.#box.addEventListener("keydown", (event) => {
      if (event.target instanceof SVGElement && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        follow(event.target);
      }
    });
  }

  open(selection: Selection): void {
    this.#selection = selection;
    this.#box.replaceChildren(...describeSelection(this.#model, selection));
    this.#box.hidden = false;
    this.#box.scrollTop = 0;
    lightPicture(this.#picture, this.#model, selection);
    const place = this.#view.placeOf(selection);
    if (place !== undefined) this.#view.moveTo(place, false);
    byId("details-title", HTMLElement).focus();
  }

  /** The focus goes back to what was open. */
  close(): void {
    if (this.#selection === undefined) return;
    const place = this.#view.placeOf(this.#selection);
    this.#selection = undefined;
    this.#box.hidden = true;
    lightPicture(this.#picture, this.#model, undefined);
    history.replaceState(null, "", location.pathname + location.search);
    if (place !== undefined) this.#view.moveTo(place, true);
  }
}

function follow(target: EventTarget | null): void {
  const link = around(target, "[data-link]")?.dataset["link"];
  if (link !== undefined) location.hash = link;
}
