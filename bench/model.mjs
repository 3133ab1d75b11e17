// The model that the bench runs on: services in a ring, each called by the next ones.

/** A matrix of `services` services with `callers` callers each: as YAML, and as the plain JSON that a hand-written program would read. */
export function makeModel(services, callers) {
  const name = (i) => `service-${String(i % services).padStart(5, "0")}`;
  const rows = Array.from({ length: services }, (_, i) => ({
    name: name(i),
    description: `Does what number ${i} does`,
    callers: Array.from({ length: callers }, (__, j) => name(i + 1 + j * 7)),
  }));
  const yaml = [
    "version: 1",
    "environments:",
    '  prod: { project: bench-prod, number: "111111111111", regions: [europe-west1] }',
    "services:",
    ...rows.map((row) => `  ${row.name}: { owner: team-${row.name.slice(-2)}, description: ${row.description} }`),
    "trust:",
    ...rows.flatMap((row) => row.callers.map((caller) => `  ${caller} -> ${row.name}: Calls it to do its own work`)),
    "",
  ].join("\n");
  return { yaml, json: JSON.stringify({ project: "bench-prod", region: "europe-west1", services: rows }) };
}
