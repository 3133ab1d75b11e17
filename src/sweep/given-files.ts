import { posix } from "node:path";
import type { FileNotes } from "./entries/entry.ts";
import type { Sighting } from "./sighting.ts";

/** Files that compose files give to their services. Only names are compared: none is read that is not swept anyway. */
export class GivenFiles {
  readonly #services = new Map<string, Set<string>>();

  /** @param composeFile the file that says so: paths are relative to its folder */
  add(composeFile: string, envFiles: FileNotes["envFiles"]): void {
    for (const { service, path } of envFiles) {
      const name = posix.isAbsolute(path) ? posix.normalize(path) : posix.join(posix.dirname(composeFile), path);
      const services = this.#services.get(name) ?? new Set();
      this.#services.set(name, services.add(service));
    }
  }

  /** A sighting with the services that are given its file, where the file itself names none. */
  complete(sighting: Sighting): Sighting {
    if (sighting.service !== null || this.#services.size === 0) return sighting;
    const [first, ...rest] = this.#services.get(posix.normalize(sighting.file)) ?? [];
    if (first === undefined) return sighting;
    return rest.length === 0 ? { ...sighting, service: first } : { ...sighting, givenTo: [first, ...rest] };
  }
}
