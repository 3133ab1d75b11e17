import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The licence texts of every package that is inside the bundles, as their licences ask for. */
export function collectLicenses(root, metafiles) {
  const folders = new Set(
    metafiles
      .flatMap(({ inputs }) => Object.keys(inputs))
      .filter((file) => file.includes("node_modules/"))
      .map((file) => packageFolder(join(root, file))),
  );
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
    const text =
      file === undefined
        ? `(the package ships no licence text; its package.json says ${license})`
        : readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `The bundles in this folder hold code of these packages.\n\n${[...new Set(texts)].sort().join(`\n${"-".repeat(80)}\n\n`)}`;
}

function packageFolder(file) {
  let folder = dirname(file);
  // Some packages have package.json files without a name inside.
  while (
    !existsSync(join(folder, "package.json")) ||
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name === undefined
  )
    folder = dirname(folder);
  return folder;
}
