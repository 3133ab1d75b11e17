import { hiddenCharacter, showCharacter } from "../report/hidden-characters.ts";
import { shellCommand } from "../shell/quote-shell.ts";
import { compareText } from "../words/compare-text.ts";
import { conflicts } from "./conflicts.ts";
import type { OwnedResource } from "./owned-resources.ts";
import type { TerraformState } from "./read-terraform-state.ts";

/**
 * What the owners of a state add to its configuration so that it lets go of what a matrix takes over, as HCL: `removed`
 * blocks, and commands where a block would take too much. Empty where nothing of the state is concerned.
 * @param concerned what the matrix takes over; resources of other states in it are passed over
 */
export function removedBlocks(state: TerraformState, concerned: readonly OwnedResource[]): string {
  const own = concerned.filter(({ stateName, kind }) => stateName === state.name && conflicts[kind] !== undefined);
  if (own.length === 0) return "";
  const wanted = new Set(own.map(({ address }) => address));
  const blocks = [...new Set(own.map(({ block }) => block))].sort(compareText);
  return [
    headOf(state.name, own),
    ...blocks.map((block) => {
      const instances = state.resources.filter((resource) => resource.block === block).map(({ address }) => address);
      return instances.length > 0 && instances.every((address) => wanted.has(address))
        ? removedBlock(block)
        : removalCommands(block, [...new Set(instances.filter((address) => wanted.has(address)))].sort(compareText));
    }),
  ].join("\n");
}

/** The same for all states, one after the other. */
export function allRemovedBlocks(states: readonly TerraformState[], concerned: readonly OwnedResource[]): string {
  return states
    .toSorted((a, b) => compareText(a.name, b.name))
    .map((state) => removedBlocks(state, concerned))
    .filter((text) => text !== "")
    .join("\n");
}

function headOf(name: string, own: readonly OwnedResource[]): string {
  const types = new Map(own.map(({ type, kind }) => [type, conflicts[kind] ?? ""]));
  return comment([
    `${name}: lets go of what the matrix manages from now on. Nothing changes at Google.`,
    "Delete the resource blocks that are named here from the configuration, with what refers to them, put this in their",
    "place, and apply it before the matrix is applied. Otherwise:",
    ...[...types].sort(([a], [b]) => compareText(a, b)).map(([type, what]) => `- ${type}: ${what}`),
    "removed blocks need Terraform 1.7 or newer; with an older one use terraform state rm.",
  ]);
}

/**
 * `from` takes neither instance keys nor keys of modules: the block lets go of every instance.
 * docs: developer.hashicorp.com/terraform/language/state/remove
 */
function removedBlock(block: string): string {
  return `removed {\n  from = ${block}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`;
}

function removalCommands(block: string, addresses: readonly string[]): string {
  return comment([
    `Only some instances of ${block} are concerned, and a removed block would let go of all.`,
    "Run this, and take their keys out of for_each before the next plan. With count, change it to for_each first:",
    "to take one out of the middle moves all behind it.",
    ...addresses.map((address) => `  ${shellCommand(["terraform", "state", "rm", address])}`),
  ]);
}

/** No text of a state may end its comment, or be obeyed by who looks at it. */
function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line.replace(hiddenCharacter, showCharacter)}\n`).join("");
}
