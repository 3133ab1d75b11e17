import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { GitFolder } from "./git-folder.ts";
import { open, treeOf } from "./open-repository.ts";

const folder = GitFolder.repository();
afterAll(() => {
  folder.remove();
});

const files = {
  "matrix.yaml": "version: 1 # $Id$\n",
  "infra/matrix.yaml": "version: 1\n",
  "infra/teams/-a b.yaml": "x\n",
};
const names = Object.keys(files);

/** What a tree says of the files above where the commit has these attributes. */
function said(attributes: Readonly<Record<string, string>>, from = "."): string | undefined {
  for (const name of [".gitattributes", "infra/.gitattributes", "infra/teams/.gitattributes"])
    folder.write({ [name]: attributes[name] ?? "" });
  folder.commit(files);
  const tree = treeOf(open(join(folder.path, from)), "HEAD");
  const altered = tree.alteredByCheckout(from === "." ? names : ["matrix.yaml", "teams/-a b.yaml", "../matrix.yaml"]);
  // What lies on the disk has no say.
  expect(readFileSync(join(folder.path, "infra/teams/-a b.yaml"), "utf8")).toBe("x\n");
  return altered?.problem;
}

test.each([
  [
    "an encoding",
    { ".gitattributes": "matrix.yaml text working-tree-encoding=EUC-JP\n" },
    "matrix.yaml",
    "working-tree-encoding=EUC-JP",
  ],
  [
    "a filter that only others have",
    { ".gitattributes": "matrix.yaml filter=lfs\n/matrix.yaml !filter\n" },
    "infra/matrix.yaml",
    "filter=lfs",
  ],
  ["keywords", { ".gitattributes": "/matrix.yaml ident\n" }, "matrix.yaml", "ident"],
  [
    "a macro",
    { ".gitattributes": "[attr]plain filter=x\nteams/*\n/infra/teams/* plain\n" },
    "infra/teams/-a b.yaml",
    "filter=x",
  ],
  ["the nearest file", { "infra/.gitattributes": "*a?b.yaml ident\n" }, "infra/teams/-a b.yaml", "ident"],
] as const)("%s is told, of one file", (_, attributes, name, attribute) => {
  expect(said(attributes)).toBe(
    `${name} is checked out with other bytes than HEAD holds: .gitattributes gives it ${attribute}`,
  );
});

test.each([
  ["nothing", {}],
  ["line breaks", { ".gitattributes": "*.yaml text eol=crlf\n" }],
  ["other files", { ".gitattributes": "*.psd filter=lfs\n/teams/* ident\n" }],
  [
    "what is taken back",
    { ".gitattributes": "infra/** filter=lfs ident\n", "infra/.gitattributes": "* -ident !filter\n" },
  ],
  ["what git does anyway", { ".gitattributes": "* working-tree-encoding=utf8 filter -ident\n" }],
])("%s is not", (_, attributes) => {
  expect(said(attributes)).toBe(undefined);
});

test("names are those of the folder, and the index and the working tree are left alone", () => {
  expect(said({ ".gitattributes": "infra/teams/* filter=x\n" }, "infra")).toMatch(/^teams\/-a b\.yaml is checked out/);
  expect(said({ ".gitattributes": "/matrix.yaml ident\n" }, "infra")).toMatch(/^\.\.\/matrix\.yaml is checked out/);
  writeFileSync(join(folder.path, ".git/hooks/post-index-change"), `#!/bin/sh\ntouch "${folder.path}/ran"\n`, {
    mode: 0o755,
  });
  folder.write({ ".gitattributes": "" });
  folder.git("clone", "-q", "--bare", ".", "bare.git");
  const bare = treeOf(open(join(folder.path, "bare.git")), "HEAD");
  expect(bare.alteredByCheckout(["matrix.yaml"])?.help).toMatch(/take the attribute away/);
  expect(folder.git("status", "--porcelain")).toBe("M .gitattributes\n?? bare.git/");
});

test("attributes that are not in the clone are no reason to look away", () => {
  const id = folder.git("rev-parse", "HEAD:.gitattributes");
  const tree = treeOf(open(folder.path), "HEAD");
  const object = join(folder.path, ".git/objects", id.slice(0, 2), id.slice(2));
  rmSync(object, { force: true });
  expect(tree.alteredByCheckout(["matrix.yaml"])?.problem).toMatch(/^git cannot say how HEAD is checked out/);
});
