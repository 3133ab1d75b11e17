/** All that commands need of reading Google Cloud: a bundle of its own, with the auth library inside. */
export { builtInRole } from "./builtin-roles.ts";
export { describePermissions } from "./permissions-needed.ts";
export { resolveEndpoints } from "./endpoints.ts";
export { openFront } from "./front.ts";
export { openMint } from "./mint.ts";
export { readAuditLogs } from "./read-audit-logs.ts";
export { readSettings } from "./read-settings.ts";
export { readSnapshot } from "./read-snapshot.ts";
export { SetupError } from "../http/setup-error.ts";
