import { InvalidArgumentError, Option } from "commander";
import { type ClusterBy, parseClusterBy } from "../../picture/cluster-by.ts";
import { graphFormatNames } from "../../report/graph/format-names.ts";
import { options } from "../options.ts";
import type { Register } from "./command.ts";

export const graph: Register = (program, bind) => {
  const command = program
    .command("graph")
    .summary("draw who may call what")
    .description(
      "Draws who may call what in one environment: as Mermaid, as DOT, or as an SVG that Graphviz draws. With a snapshot or --live, says which of it is live, and what is live besides; with --diff, what came and went.",
    )
    .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
    .option("-o, --out <file>", "where to write; default: standard output")
    .addOption(
      new Option(
        "--format <name>",
        "how it is drawn; default: svg for a FILE.svg, dot for a FILE.dot or FILE.gv, else mermaid",
      ).choices(graphFormatNames),
    )
    .addOption(
      new Option(
        "--focus <name>",
        "only what is around this service, caller or set; may be given several times",
      ).argParser(options.collect),
    )
    .addOption(
      new Option("--depth <steps>", "how many calls away from --focus, in both directions; default: 1").argParser(
        parseDepth,
      ),
    )
    .addOption(
      new Option(
        "--diff <base>",
        "show what came and went since this version: a file, a git reference (REF or REF:PATH), or -",
      ).conflicts(["snapshot", "live"]),
    )
    .addOption(
      new Option(
        "--cluster <by>",
        "what stands together: owner, project, label:KEY, or none; default: owner",
      ).argParser(parseCluster),
    )
    .option("--no-merge", "draw each edge of a set for itself, however many")
    .option("--no-legend", "leave out what the lines mean");
  options
    .asking(command, [])
    .action(
      bind(async (session, file: string | undefined, given: { readonly merge: boolean; readonly legend: boolean }) =>
        (await import("../actions/print-graph.ts")).printGraph(session, file, given),
      ),
    );
};

function parseDepth(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 1 on.");
  return Number(text);
}

function parseCluster(text: string): ClusterBy {
  const by = parseClusterBy(text);
  if (by === undefined) throw new InvalidArgumentError("Write owner, project, label:KEY, or none.");
  return by;
}
