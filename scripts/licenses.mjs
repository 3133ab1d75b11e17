import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { graphvizVersion } from "@viz-js/viz";

/** The licence texts of every package that is inside the bundles, and of what is inside these, as their licences ask for. */
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
  const viz = [...folders].filter((folder) => folder.endsWith(join("@viz-js", "viz")));
  texts.push(...viz.flatMap(compiledInto));
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

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** What @viz-js/viz is compiled from, by its provenance; none of it comes with a text of its own. */
const compiled = [
  {
    title: "Graphviz",
    license: "Eclipse Public License",
    pattern: /\/graphviz-([\d.]+)\.tar\.gz$/,
    text: (
      uri,
      sha256,
    ) => `viz.cjs holds Graphviz as WebAssembly, unchanged by this program. It is distributed by its authors under the Eclipse
Public License; the package ships no copy of the licence. Its version and text are in the file LICENSE of the source,
and at https://graphviz.org/license/ (the licence itself: https://www.eclipse.org/legal/epl/). The authors and
contributors of Graphviz give no warranty and are not liable for it; whoever offers more than this does so alone.
The source is to be had at no cost: ${uri}
(SHA-256 ${sha256}).`,
  },
  {
    title: "Expat",
    license: "MIT",
    pattern: /\/expat-([\d.]+)\.tar\.gz$/,
    text: (uri) => `Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper
Copyright (c) 2001 and later, Expat maintainers

${MIT}

Inside the same WebAssembly. Its source: ${uri}`,
  },
  {
    title: "Emscripten",
    license: "MIT or University of Illinois/NCSA",
    pattern: /\/emsdk@([\d.]+)\?/,
    text: () => `Copyright (c) 2010 and later, Emscripten authors, see its AUTHORS file

${MIT}

Its compiler made the WebAssembly, which holds parts of its runtime and of its C library, musl (MIT, Copyright (c)
2005 and later, Rich Felker and others): https://github.com/emscripten-core/emscripten/blob/main/LICENSE`,
  },
];

/** @throws Error where the package is made of something that is not known here: a licence would be left out */
function compiledInto(folder) {
  const { predicate } = JSON.parse(readFileSync(join(folder, "lib", "provenance.json"), "utf8"));
  const sources = predicate.buildDefinition.resolvedDependencies.map(({ uri, digest }) => {
    const known = compiled.find(({ pattern }) => pattern.test(uri));
    if (known === undefined)
      throw new Error(`the licence of ${uri}, inside @viz-js/viz, is not known to scripts/licenses.mjs`);
    return { ...known, version: known.pattern.exec(uri)[1], uri, sha256: digest.sha256 };
  });
  const drawn = sources.find(({ title }) => title === "Graphviz")?.version;
  if (drawn !== graphvizVersion)
    throw new Error(`@viz-js/viz says it is Graphviz ${graphvizVersion}, and made of ${drawn}`);
  return [
    `Viz.js, which is @viz-js/viz (MIT)\n\nCopyright (c) 2014 and later, Michael Daines\n\n${MIT}\n`,
    ...sources.map(
      ({ title, version, license, text, uri, sha256 }) =>
        `${title} ${version} (${license}), inside @viz-js/viz\n\n${text(uri, sha256)}\n`,
    ),
  ];
}
