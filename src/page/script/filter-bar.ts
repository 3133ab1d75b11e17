import type { CellState } from "../../ask/grid.ts";
import { cellLooks, cellStates } from "../cell-looks.ts";
import { around, byId, element } from "./dom.ts";
import { type Filter, noFilter } from "./filter.ts";
import type { Model } from "./model.ts";

/** The form above the grid and the legend, which filters by state. */
export class FilterBar {
  readonly #form = byId("filters", HTMLFormElement);
  readonly #search = byId("search", HTMLInputElement);
  readonly #owner = byId("owner", HTMLSelectElement);
  readonly #label = byId("label", HTMLSelectElement);
  readonly #rule = byId("rule", HTMLSelectElement);
  readonly #legend = byId("legend", HTMLElement);
  readonly #apply: (filter: Filter) => void;
  #states: ReadonlySet<CellState> = noFilter.states;
  #finding: number | null = null;

  constructor(model: Model, apply: (filter: Filter) => void) {
    this.#apply = apply;
    const members = [...model.data.callees, ...model.data.callers];
    fill(
      this.#owner,
      members.flatMap((member) => member.owner ?? []),
    );
    fill(
      this.#label,
      members.flatMap((member) => member.labels ?? []),
    );
    fill(
      this.#rule,
      model.data.findings.map((finding) => finding.rule),
    );
    this.#legend.append(...legendButtons(model));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", () => {
      this.#finding = null;
      this.#read();
    });
    // The button clears more than the form holds.
    byId("clear", HTMLButtonElement).addEventListener("click", (event) => {
      event.preventDefault();
      this.clear();
    });
    this.#legend.addEventListener("click", (event) => this.#toggle(around(event.target, "[data-state]")));
  }

  clear(): void {
    this.#show(null);
  }

  /** Shows one finding alone. */
  showFinding(finding: number): void {
    this.#show(finding);
  }

  #show(finding: number | null): void {
    this.#form.reset();
    this.#states = noFilter.states;
    this.#finding = finding;
    this.#read();
  }

  #toggle(button: HTMLElement | SVGElement | null): void {
    const state = cellStates.find((each) => each === button?.dataset["state"]);
    if (state === undefined) return;
    const others = [...this.#states].filter((each) => each !== state);
    this.#states = new Set(this.#states.has(state) ? others : [...others, state]);
    this.#read();
  }

  #read(): void {
    const isPressed = (name: string | undefined): boolean => [...this.#states].some((state) => state === name);
    for (const button of this.#legend.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(isPressed(button.dataset["state"])));
    this.#apply({
      search: this.#search.value,
      owner: this.#owner.value,
      label: this.#label.value,
      rule: this.#rule.value,
      finding: this.#finding,
      states: this.#states,
    });
  }
}

function fill(select: HTMLSelectElement, values: readonly string[]): void {
  const all = [...new Set(values)].sort();
  if (all.length === 0) select.parentElement?.setAttribute("hidden", "");
  select.append(...all.map((value) => element("option", { value }, value)));
}

/** A button for each state that there is, with how often. */
function legendButtons({ data }: Model): readonly Node[] {
  const counts = new Map<CellState, number>();
  for (const [, , state] of data.cells) counts.set(state, (counts.get(state) ?? 0) + 1);
  return cellStates
    .filter((state) => counts.has(state))
    .map((state) => {
      const { glyph, name, meaning } = cellLooks[state];
      return element(
        "button",
        { type: "button", "data-state": state, "aria-pressed": "false", title: meaning },
        element("span", { class: `swatch is-${state}`, "aria-hidden": "true" }, glyph),
        `${name} `,
        element("span", { class: "count" }, String(counts.get(state))),
      );
    });
}
