import { instance } from "@viz-js/viz";

/**
 * Graphviz as WebAssembly: a bundle of its own, loaded only to draw. The same DOT gives the same SVG in one version.
 * @param dot from the encoder of this program alone: Graphviz would fetch images that it names, had it a disk
 * @throws Error where Graphviz refuses it
 */
export async function renderDot(dot: string): Promise<string> {
  return (await instance()).renderString(dot, { format: "svg", engine: "dot" });
}
