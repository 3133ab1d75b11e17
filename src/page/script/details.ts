import { cellLooks } from "../cell-looks.ts";
import type { FactData, PathData } from "../page-data.ts";
import { element } from "./dom.ts";
import { type Model, pairSentence } from "./model.ts";
import { drawNeighbourhood } from "./neighbourhood.ts";
import { linkTo, type Selection } from "./selection.ts";

/** What there is to be said of what is open, as the content of the panel. */
export function describeSelection(model: Model, selection: Selection): readonly Node[] {
  const { caller, callee } = selection;
  const body =
    caller !== null && callee !== null ? describePair(model, caller, callee) : describeMember(model, caller, callee);
  const drawing = drawNeighbourhood(model, selection);
  const close = element(
    "button",
    { type: "button", class: "close", "data-close": "", "aria-label": "Close the details" },
    "×",
  );
  return [close, ...body, ...(drawing === null ? [] : [element("h3", {}, "Around it"), drawing])];
}

function describePair(model: Model, caller: number, callee: number): readonly Node[] {
  const title = element(
    "h2",
    { id: "details-title", tabindex: -1 },
    memberLink(model, { caller, callee: null }, model.caller(caller).id),
    element("span", { class: "faint" }, " calls "),
    memberLink(model, { caller: null, callee }, model.callee(callee).id),
  );
  const index = model.cellAt(caller, callee);
  if (index === undefined) return [title, element("p", {}, `${pairSentence(model, caller, callee)}.`)];
  const [, , state, edges, rows, findings] = model.cell(index);
  const { glyph, name, meaning } = cellLooks[state];
  const badge = element(
    "p",
    { class: "badge" },
    element("span", { class: `swatch is-${state}`, "aria-hidden": "true" }, glyph),
  );
  badge.append(element("b", {}, name), ` ${meaning}`);
  return [
    title,
    badge,
    ...section(
      `Declared`,
      edges.map((edge) => edgeNode(model, edge)),
    ),
    ...section(
      "Live",
      rows.map((row) => rowNode(model, row)),
    ),
    ...section(findings.length === 1 ? "Finding" : "Findings", findings.flatMap(findingNode)),
  ];
}

function describeMember(model: Model, caller: number | null, callee: number | null): readonly Node[] {
  const member = callee === null ? model.caller(caller ?? 0) : model.callee(callee);
  const asCallee = callee ?? model.caller(caller ?? 0).callee;
  const findings = model.data.findings.flatMap(({ services }, index) =>
    asCallee !== undefined && services.includes(asCallee) ? findingNode(index) : [],
  );
  return [
    element("h2", { id: "details-title", tabindex: -1 }, member.id),
    factList(model, member.facts),
    ...section(findings.length === 1 ? "Finding" : "Findings", findings),
  ];
}

function memberLink(model: Model, selection: Selection, name: string): HTMLElement {
  return element("button", { type: "button", class: "link", "data-link": linkTo(model, selection) }, name);
}

function section(title: string, nodes: readonly Node[]): readonly Node[] {
  return nodes.length === 0 ? [] : [element("h3", {}, title), ...nodes];
}

function factList(model: Model, facts: readonly FactData[]): HTMLElement {
  const rows = model
    .facts(facts)
    .map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text)));
  return element("dl", { class: "facts" }, ...rows);
}

function edgeNode(model: Model, index: number): HTMLElement {
  const edge = model.data.edges[index];
  if (edge === undefined) return element("div");
  return element(
    "div",
    { class: "edge" },
    element("p", {}, element("code", {}, model.text(edge.key))),
    factList(model, edge.facts),
  );
}

function rowNode(model: Model, index: number): HTMLElement {
  const [where = 0, verdict = 0, ring = 0, ...paths] = model.data.rows[index] ?? [];
  const way = model.text(ring) === "direct" ? "" : ` · ${model.text(ring)}`;
  const head = element("p", { class: "way" }, element("b", {}, model.text(verdict)), ` in ${model.text(where)}${way}`);
  return element("div", { class: "live" }, head, ...paths.map((path) => pathNode(model, model.data.paths[path])));
}

/** A path, a step a line. */
function pathNode(model: Model, path: PathData | undefined): HTMLElement {
  const [standing = 0, ...hops] = path ?? [];
  const steps = hops.map((hop) => {
    const [sentence = 0, level = 0] = model.data.hops[hop] ?? [];
    return element("li", {}, model.text(sentence), " ", element("span", { class: "tag" }, model.text(level)));
  });
  return element(
    "div",
    { class: "path" },
    element("span", { class: "tag" }, model.text(standing)),
    element("ol", {}, ...steps),
  );
}

/** A finding as it stands in the page. */
function findingNode(index: number): readonly Node[] {
  const copy = document.getElementById(`finding-${index}`)?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return [];
  copy.removeAttribute("id");
  for (const heading of copy.querySelectorAll("h3"))
    heading.replaceWith(element("p", { class: "message" }, heading.textContent ?? ""));
  for (const button of copy.querySelectorAll("button")) button.remove();
  return [copy];
}
