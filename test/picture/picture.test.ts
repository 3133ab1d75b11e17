import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPicture, type PictureWish } from "../../src/picture/build-picture.ts";
import { parseClusterBy } from "../../src/picture/cluster-by.ts";
import { edgeLook, edgeStates } from "../../src/picture/edge-looks.ts";
import type { Picture } from "../../src/picture/picture.ts";
import { dot } from "../../src/report/graph/dot.ts";
import { beyondMermaid, mermaid } from "../../src/report/graph/mermaid.ts";
import { sourceOf } from "../ask/asking.ts";
import { invoker, live, sa, world } from "../drift/live-world.ts";

const plain: PictureWish = { clusterBy: { kind: "none" }, mergesSets: true, hasLegend: true };

/** A matrix of these services, and what its trust and sets say. */
function matrixOf(services: readonly string[], trust: readonly string[], sets: readonly string[] = []): string {
  return [
    "version: 1",
    "owners: { red: { github: '@acme/red' }, blue: { github: '@acme/blue' } }",
    'environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }',
    "services:",
    ...services.map((name) => (name.includes(":") ? `  ${name}` : `  ${name}: {}`)),
    ...(sets.length === 0 ? [] : ["sets:", ...sets.map((line) => `  ${line}`)]),
    "trust:",
    ...trust.map((line) => `  ${line}: Works with it`),
    ...(trust.length === 0 ? ["  x-none: nothing"] : []),
    "",
  ].join("\n");
}

function pictureOf(text: string, wish: Partial<PictureWish> = {}, snapshot?: Parameters<typeof sourceOf>[1]): Picture {
  return buildPicture(sourceOf(text, snapshot ?? null).grid, { ...plain, ...wish });
}

/** Each edge as `caller > callee state`; `declared` is not said. */
function edgesOf({ nodes, edges }: Picture): readonly string[] {
  return edges
    .map(({ from, to, state }) => `${nodes[from]?.name} > ${nodes[to]?.name}${state === "declared" ? "" : ` ${state}`}`)
    .sort();
}

const namesOf = ({ nodes }: Picture): readonly string[] => nodes.map(({ name }) => name).sort();

describe("around a name", () => {
  const chain = matrixOf(["a", "b", "c", "d", "e"], ["a -> b", "b -> c", "c -> d", "b -> e", "d -> e"]);
  const around = (depth: number, ...names: readonly string[]): readonly string[] =>
    edgesOf(pictureOf(chain, { focus: { names: new Set(names), depth } }));

  test("both directions, step by step; edges between two at the rim are left out", () => {
    expect(around(1, "c")).toEqual(["b > c", "c > d"]);
    expect(around(2, "c")).toEqual(["a > b", "b > c", "b > e", "c > d", "d > e"]);
    expect(around(1, "b")).toEqual(["a > b", "b > c", "b > e"]);
    // e and d are both one step away from their neighbours, and d > e leads from one of them.
    expect(around(1, "a", "d")).toEqual(["a > b", "c > d", "d > e"]);
    const { nodes, title, notes } = pictureOf(chain, { focus: { names: new Set(["c"]), depth: 1 } });
    expect(nodes.filter(({ isFocus }) => isFocus).map(({ name }) => name)).toEqual(["c"]);
    expect(title).toBe("Who may call what in prod, around c");
    expect(notes).toEqual(["matrix.yaml: 3 nodes, 2 edges (2 declared)", "what is live was not looked at"]);
  });

  test("what is shown lies within the distance, and nothing within it is missing", () => {
    const services = ["a", "b", "c", "d", "e", "f"];
    const name = fc.constantFrom(...services);
    const calls = fc.uniqueArray(
      fc.tuple(name, name).filter(([from, to]) => from !== to),
      { selector: (call) => call.join(), maxLength: 9 },
    );
    fc.assert(
      fc.property(calls, name, fc.integer({ min: 1, max: 3 }), (drawn, center, depth) => {
        const text = matrixOf(
          services,
          drawn.map((call) => call.join(" -> ")),
        );
        const distance = new Map([[center, 0]]);
        for (let step = 1; step <= 6; step++)
          for (const [from, to] of drawn)
            for (const [near, far] of [
              [from, to],
              [to, from],
            ] as const)
              if (distance.get(near) === step - 1 && !distance.has(far)) distance.set(far, step);
        const picture = pictureOf(text, { focus: { names: new Set([center]), depth } });
        const near = services.filter((each) => (distance.get(each) ?? 9) <= depth);
        expect(namesOf(picture)).toEqual(near);
        const inside = drawn.filter(([from, to]) => Math.min(distance.get(from) ?? 9, distance.get(to) ?? 9) < depth);
        expect(edgesOf(picture)).toEqual(inside.map((call) => call.join(" > ")).sort());
      }),
      { numRuns: 40 },
    );
  });
});

describe("edges of sets", () => {
  const sets = ["front: [a, b, c]", "back: [x, y, z]"];
  const services = ["a", "b", "c", "x", "y", "z"];

  test("nine or more meet in one node; fewer, or told not to, are drawn each for itself", () => {
    const text = matrixOf(services, ["front -> back"], sets);
    expect(edgesOf(pictureOf(text))).toEqual([
      ...["a", "b", "c"].map((name) => `${name} > front -> back`),
      ...["x", "y", "z"].map((name) => `front -> back > ${name}`),
    ]);
    expect(pictureOf(text).notes[0]).toBe("matrix.yaml: 6 nodes, 9 edges (9 declared)");
    expect(pictureOf(text).nodes.at(-1)).toMatchObject({ kind: "junction", remarks: ["9 edges"] });
    expect(edgesOf(pictureOf(text, { mergesSets: false }))).toHaveLength(9);
    expect(pictureOf(matrixOf(services, ["front -> back"], ["front: [a, b]", "back: [x, y, z]"])).edges).toHaveLength(
      6,
    );
  });

  test("not where one of the edges is said by another key too, or is in another state", () => {
    const twice = pictureOf(matrixOf(services, ["front -> back", "a -> x"], sets));
    expect(twice.edges).toHaveLength(9);
    expect(twice.nodes.some(({ kind }) => kind === "junction")).toBe(false);
    const [fronts, backs] = [
      ["ads", "bid", "cut"],
      ["xen", "yak", "zoo"],
    ];
    const all = fronts.map((name) => sa(name));
    const snapshot = world({
      services: [
        ...fronts.map((name) => live(name)),
        ...backs.map((name) => live(name, [invoker(...all.slice(name === "xen" ? 1 : 0))])),
      ],
    });
    const named = [`front: [${fronts.join()}]`, `back: [${backs.join()}]`];
    const text = matrixOf([...fronts, ...backs], ["front -> back"], named);
    const states = edgesOf(pictureOf(text, {}, snapshot));
    expect(states).toContain("ads > xen missing");
    expect(states).toContain("ads > yak agreed");
    expect(states).toHaveLength(9);
  });

  test("a junction stands for the very edges that it replaces", () => {
    fc.assert(
      fc.property(fc.subarray(services, { minLength: 1 }), fc.subarray(services, { minLength: 1 }), (from, to) => {
        const text = matrixOf(services, ["front -> back"], [`front: [${from.join()}]`, `back: [${to.join()}]`]);
        const { nodes, edges } = pictureOf(text);
        const through = edges.flatMap((edge) =>
          nodes[edge.to]?.kind === "junction"
            ? edges.filter((next) => next.from === edge.to).map((next) => [edge.from, next.to])
            : nodes[edge.from]?.kind === "junction"
              ? []
              : [[edge.from, edge.to]],
        );
        const told = through.map(([start = -1, end = -1]) => `${nodes[start]?.name} > ${nodes[end]?.name}`).sort();
        expect(told).toEqual(edgesOf(pictureOf(text, { mergesSets: false })));
      }),
      { numRuns: 30 },
    );
  });
});

test("clusters: by owner, project or label; what has none stands outside", () => {
  const text = matrixOf(
    ["a: { owner: red, labels: { tier: one } }", "b: { owner: blue }", "c: { owner: red, labels: { tier: two } }", "d"],
    ["a -> b", "d -> c"],
  );
  const told = (by: string): readonly string[] => {
    const clusterBy = parseClusterBy(by);
    if (clusterBy === undefined) throw new Error(by);
    const { nodes, clusters } = pictureOf(text, { clusterBy });
    return clusters.map(({ label, nodes: inside }) => `${label}: ${inside.map((at) => nodes[at]?.name).join()}`);
  };
  expect(told("owner")).toEqual(["blue: b", "red: a,c"]);
  expect(told("project")).toEqual(["acme-prod: a,b,c,d"]);
  expect(told("label:tier")).toEqual(["tier: one: a", "tier: two: c"]);
  expect(told("label:toString")).toEqual([]);
  expect(told("none")).toEqual([]);
  expect(["", "label:", "Owner", "tier"].map(parseClusterBy)).toEqual([undefined, undefined, undefined, undefined]);
});

test("every state has a form or a sign that no other has; of declared and agreed, no picture shows both", () => {
  const forms = edgeStates.map((state) => {
    const { line, sign, head } = edgeLook(state);
    return [line, sign, head].join();
  });
  expect(new Set(forms).size).toBe(edgeStates.length - 1);
  expect(edgeLook("declared")).toMatchObject({ line: "solid", sign: null });
});

test("live beside declared", () => {
  const snapshot = world({
    services: [
      live("ads"),
      live("bid", [invoker(sa("ads"), "user:dana@acme.example")]),
      live("cut"),
      live("echo", [invoker("allUsers")]),
    ],
  });
  const picture = pictureOf(
    matrixOf(["ads", "bid", "cut", "den: { planned: [prod] }"], ["ads -> bid", "ads -> cut", "ads -> den"]),
    {},
    snapshot,
  );
  const echo = "projects/acme-prod/locations/europe-west1/services/echo";
  expect(edgesOf(picture)).toEqual([
    "ads > bid agreed",
    "ads > cut missing",
    "ads > den planned",
    `internet > ${echo} undeclared`,
    "user:dana@acme.example > bid undeclared",
  ]);
  const drawn = dot(picture);
  expect(drawn.match(/label="! undeclared"/g)).toHaveLength(2);
  expect(drawn).toMatch(/style="dashed", penwidth="1.4", arrowhead="onormal", label="× missing"/);
  // The service is planned: it was looked at, and is not expected to be there.
  expect(drawn).toContain("dashed line ○: planned, is to call a service that is still to come");
  expect(drawn).toMatch(/arrowhead="onormal", label="○ planned"/);
  expect(drawn).not.toContain("was not looked at");
  expect(dot({ ...picture, hasLegend: false })).not.toContain(" line: ");
});

test("an edge that came or went is drawn so; one whose caller is gone has a node for it", () => {
  const changes = [
    { from: "a", to: "b", state: "gained" },
    { from: "old", to: "c", state: "lost" },
    { from: "internet", to: "b", state: "lost" },
  ] as const;
  const text = matrixOf(["a", "b", "c"], ["a -> b", "a -> c"]);
  const picture = pictureOf(text, { since: { base: "main:matrix.yaml", changes } });
  expect(edgesOf(picture)).toEqual(["a > b gained", "a > c", "internet > b lost", "old > c lost"]);
  expect(picture.nodes.filter(({ isDeclared }) => !isDeclared)).toMatchObject([{ name: "old", remarks: ["gone"] }]);
  expect(picture.title).toBe("Who may call what in prod, compared with main:matrix.yaml");
  expect(picture.notes).toEqual(["matrix.yaml: 5 nodes, 4 edges (1 gained, 2 lost, 1 declared)"]);
});

test("what GitHub does not draw: more than 500 edges, or more than 50,000 characters", () => {
  const edges = (length: number): Pick<Picture, "edges"> => ({
    edges: Array.from({ length }, () => ({ from: 0, to: 0, state: "declared" })),
  });
  expect(beyondMermaid("", edges(500))).toBeUndefined();
  expect(beyondMermaid("", edges(501))).toBe("501 edges, and Mermaid draws 500");
  expect(beyondMermaid("x".repeat(50_000), edges(1))).toBeUndefined();
  expect(beyondMermaid("x".repeat(50_001), edges(1))).toBe("50001 characters, and Mermaid reads 50000");
  const few = pictureOf(matrixOf(["a", "b"], ["a -> b"]));
  expect(beyondMermaid(mermaid(few), few)).toBeUndefined();
});
