import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DriftFinding } from "../../../src/drift/drift-report.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";

/** What each command of "Check a verdict by hand" prints, worked out without jq. The folder holds the files. */
export const byHand: Readonly<Record<string, (folder: string) => string>> = {
  [`jq -c '.findings[] | select(.rule == "undeclared-caller" and .principal == "user:dana@boutique.example") | .paths[].hops[]' drift.json`]:
    (folder) => {
      const { findings } = JSON.parse(readFileSync(join(folder, "drift.json"), "utf8")) as {
        readonly findings: readonly DriftFinding[];
      };
      const found = findings.filter(
        ({ rule, principal }) => rule === "undeclared-caller" && principal === "user:dana@boutique.example",
      );
      return linesOf(found.flatMap(({ paths }) => paths.flatMap(({ hops }) => hops)));
    },
  [`jq -c '.projects[].services.value[] | select(.region == "europe-west1" and .name == "currencyservice") | .policy.value.bindings[]' matrix.example.snapshot.json`]:
    (folder) => linesOf(currencyOf(folder).flatMap(({ policy }) => ("value" in policy ? policy.value.bindings : []))),
  [`jq -c '.projects[].services.value[] | select(.name == "currencyservice") | [.invokerCheckDisabled, .iapEnabled]' matrix.example.snapshot.json`]:
    (folder) =>
      linesOf(currencyOf(folder).map(({ invokerCheckDisabled, iapEnabled }) => [invokerCheckDisabled, iapEnabled])),
  [`jq -c '.roles[] | select(.name == "roles/run.invoker") | [.source, .permissions]' matrix.example.snapshot.json`]: (
    folder,
  ) =>
    linesOf(
      snapshotIn(folder)
        .roles.filter(({ name }) => name === "roles/run.invoker")
        .map(({ source, permissions }) => [source, permissions]),
    ),
  [`jq -c '.containers[] | [.resource, .details.value.parent, .deny]' matrix.example.snapshot.json`]: (folder) =>
    linesOf(
      snapshotIn(folder).containers.map(({ resource, details, deny }) => [
        resource,
        "value" in details ? details.value.parent : null,
        deny,
      ]),
    ),
  "grep -e '-> currencyservice' matrix.example.yaml": (folder) =>
    readFileSync(join(folder, "matrix.example.yaml"), "utf8")
      .split("\n")
      .filter((line) => line.includes("-> currencyservice"))
      .map((line) => `${line}\n`)
      .join(""),
  "jq -r .sha256 matrix.example.snapshot.json": (folder) => `${snapshotIn(folder).sha256}\n`,
  "jq -cjS 'del(.sha256)' matrix.example.snapshot.json | sha256sum": (folder) => {
    const { sha256: _, ...rest } = snapshotIn(folder);
    return `${createHash("sha256")
      .update(JSON.stringify(sorted(rest)))
      .digest("hex")}  -\n`;
  },
};

function snapshotIn(folder: string): Snapshot {
  return JSON.parse(readFileSync(join(folder, "matrix.example.snapshot.json"), "utf8")) as Snapshot;
}

function currencyOf(folder: string) {
  return snapshotIn(folder).projects.flatMap(({ services }) =>
    "value" in services ? services.value.filter(({ name }) => name === "currencyservice") : [],
  );
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** What `jq -S` does, in words of its own: the program's canonical JSON is what it is compared with. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
