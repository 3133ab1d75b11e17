import type { Model } from "./model.ts";
import type { Selection } from "./selection.ts";

/** Lights in the drawing what is open, and dims the rest. Nodes and edges are known by their data. */
export function lightPicture(picture: Element | null, model: Model, selection: Selection | undefined): void {
  if (picture === null) return;
  const names = selection === undefined ? [] : namesOf(model, selection);
  picture.classList.toggle("has-lit", names.length > 0);
  for (const node of picture.querySelectorAll<SVGElement>("[data-node]"))
    node.classList.toggle("is-lit", names.includes(node.dataset["node"] ?? ""));
  for (const edge of picture.querySelectorAll<SVGElement>("[data-caller]")) {
    const { caller = "", callee = "" } = edge.dataset;
    const isLit =
      names.length === 2
        ? names[0] === caller && names[1] === callee
        : names.includes(caller) || names.includes(callee);
    edge.classList.toggle("is-lit", isLit);
  }
  bringIntoView(picture);
}

/** Scrolls the drawing alone: the page stays where it is. */
function bringIntoView(picture: Element): void {
  const box = picture.parentElement;
  const lit = picture.querySelector("[data-node].is-lit");
  if (box === null || lit === null) return;
  const [inner, outer] = [lit.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

function namesOf(model: Model, { caller, callee }: Selection): readonly string[] {
  return [...(caller === null ? [] : [model.caller(caller).id]), ...(callee === null ? [] : [model.callee(callee).id])];
}
