import { expect, test } from "vitest";
import { buildPicture } from "../../../src/picture/build-picture.ts";
import { dot } from "../../../src/report/graph/dot.ts";
import { drawGraph } from "../../../src/report/graph/draw-graph.ts";
import { mermaid } from "../../../src/report/graph/mermaid.ts";
import { sourceOf } from "../../ask/asking.ts";
import { invoker, live, sa, world } from "../../drift/live-world.ts";

// One small shop in each format. `vitest -u` writes it down; look at the SVG then.

const text = `version: 1
owners: { web: { github: "@acme/web" }, money: { github: "@acme/money" } }
sensitive: { labels: { data: [pci] } }
environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }
services:
  shop: { owner: web, public: { reason: The web shop }, ingress: all }
  cart: { owner: web }
  billing: { owner: money, labels: { data: pci } }
callers: { nightly: { user: nightly@acme.example } }
trust:
  shop -> cart: Fills it
  cart -> billing: Charges cards
  nightly -> billing: Closes the day
`;

const snapshot = world({
  services: [
    live("shop", [invoker("allUsers")], { ingress: "all" }),
    live("cart", [invoker(sa("shop"))]),
    live("billing", [invoker(sa("cart"), "user:dana@acme.example")]),
  ],
});

const picture = buildPicture(sourceOf(text, snapshot).grid, {
  clusterBy: { kind: "owner" },
  focus: { names: new Set(["billing"]), depth: 2 },
  mergesSets: true,
  hasLegend: true,
});

test.each([
  ["shop.mmd", mermaid],
  ["shop.dot", dot],
  ["shop.svg", drawGraph],
] as const)("%s", async (name, draw) => {
  const drawn = await draw(picture);
  expect(drawn).toMatch(/cart/);
  await expect(drawn).toMatchFileSnapshot(`golden/${name}`);
});
