import type { CellState } from "../../ask/grid.ts";
import { cellLooks, cellStates } from "../cell-looks.ts";
import { around, byId, element } from "./dom.ts";
import { type Filter, noFilter } from "./filter.ts";
import type { Model } from "./model.ts";

export interface FilterBar {
  /** Shows one finding alone. */
  readonly showFinding: (finding: number) => void;
  readonly clear: () => void;
}

/** The form above the grid and the legend, which filters by state. */
export function createFilterBar(model: Model, apply: (filter: Filter) => void): FilterBar {
  const form = byId("filters", HTMLFormElement);
  const search = byId("search", HTMLInputElement);
  const [owner, label, rule] = ["owner", "label", "rule"].map((id) => byId(id, HTMLSelectElement));
  const legend = byId("legend", HTMLElement);
  const members = [...model.data.callees, ...model.data.callers];
  fill(owner, members.flatMap((member) => member.owner ?? []));
  fill(label, members.flatMap((member) => member.labels ?? []));
  fill(rule, model.data.findings.map((finding) => finding.rule));
  legend.append(...legendButtons(model));

  let states: ReadonlySet<CellState> = new Set();
  let finding: number | null = null;
  const read = (): void => {
    for (const button of legend.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(cellStates.some((state) => state === button.dataset["state"] && states.has(state))));
    apply({
      search: search.value,
      owner: owner?.value ?? "",
      label: label?.value ?? "",
      rule: rule?.value ?? "",
      finding,
      states,
    });
  };
  const clear = (): void => {
    form.reset();
    states = noFilter.states;
    finding = null;
    read();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    finding = null;
    read();
  });
  form.addEventListener("reset", () => {
    // The form forgets after this event.
    queueMicrotask(() => {
      states = noFilter.states;
      finding = null;
      read();
    });
  });
  legend.addEventListener("click", (event) => {
    const name = around(event.target, "[data-state]")?.dataset["state"];
    const state = cellStates.find((each) => each === name);
    if (state === undefined) return;
    states = new Set(states.has(state) ? [...states].filter((each) => each !== state) : [...states, state]);
    read();
  });
  return {
    clear,
    showFinding: (number) => {
      form.reset();
      states = noFilter.states;
      // After the reset is through, which clears it.
      queueMicrotask(() => {
        finding = number;
        read();
      });
    },
  };
}

function fill(select: HTMLSelectElement | undefined, values: readonly string[]): void {
  const all = [...new Set(values)].sort();
  if (all.length === 0) select?.parentElement?.setAttribute("hidden", "");
  select?.append(...all.map((value) => element("option", { value }, value)));
}

/** A button for each state that there is, with how often. */
function legendButtons(model: Model): readonly Node[] {
  const counts = new Map<CellState, number>();
  for (const [, , state] of model.data.cells) counts.set(state, (counts.get(state) ?? 0) + 1);
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
