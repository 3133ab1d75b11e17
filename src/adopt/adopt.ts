/** All that the command needs of adopting a snapshot: a bundle of its own, loaded only then. */
export { adoptReport } from "./adopt-report.ts";
export { adoptSnapshot } from "./adopt-snapshot.ts";
export { isProjectId } from "./read-instances.ts";
export { takenFrom } from "./elsewhere.ts";
export { writeFiles } from "./write-files.ts";
export { adoptFormats } from "../report/adopt/formats.ts";
export { readTerraformState } from "../state/read-terraform-state.ts";
