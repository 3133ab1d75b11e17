/** The fixed files of a pack, and what each is. A name that ends in a slash is a folder. */
export const packFiles = {
  "README.md": "What is what (this file).",
  "statement.md": "The population, how complete it is, what is enforced and what was approved, to be read.",
  "statement.json": "The same for programs (`matrix schema --of evidence`).",
  "criteria.md": "Which files bear on which criterion, and what they do not show.",
  "criteria.json": "The same for programs.",
  "population.csv": "One row for each caller and service: declared, live, or both. Draw samples from it.",
  "report.html": "The grid of callers and services, to be looked at in a browser, without a network.",
  "drift.json": "Live access compared with the matrix (`matrix schema --of drift`).",
  "exceptions.json": "What the matrix accepts: owner, reason, expiry, and what it covers.",
  "snapshot.json": "Live access as Google answered (`matrix schema --of snapshot`).",
  "matrix.json": "The matrix, resolved into one file of the same meaning.",
  "sources/": "The files of the matrix as they were.",
  "terraform/": "The Terraform that the matrix becomes.",
  "approvals/": "Records of who approved changes, as the pull-request check wrote them.",
} as const;

export type PackFile = keyof typeof packFiles;

export const MANIFEST = "manifest.json";
export const ENVELOPE = "manifest.dsse.json";
/** May be added afterwards, by somebody else: it is in no manifest. */
export const TIMESTAMP = "timestamp.tsr";
