import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { namesFromTop } from "../../src/git/names-from-top.ts";
import { temporaryFolder } from "../cli/test-io.ts";

/** A folder with the repository `shop`, which has a submodule, and links that lead here and there. */
function places(): string {
  const all = temporaryFolder();
  for (const folder of ["shop/.git", "shop/infra/trust", "shop/lib", "other/.git", "plain"])
    mkdirSync(join(all, folder), { recursive: true });
  for (const file of ["shop/infra/trust/m.yaml", "shop/lib/.git", "shop/lib/m.yaml", "other/m.yaml", "plain/m.yaml"])
    writeFileSync(join(all, file), "");
  symlinkSync("infra/trust/m.yaml", join(all, "shop/link.yaml"));
  symlinkSync("infra/trust", join(all, "shop/folder"));
  symlinkSync("../plain", join(all, "shop/out"));
  symlinkSync("shop/infra", join(all, "entry"));
  return all;
}

test.each([
  ["shop", "infra/trust/m.yaml", "infra/trust/m.yaml"],
  ["shop/infra", "trust/m.yaml", "infra/trust/m.yaml"],
  ["shop/infra", "./trust/../trust/m.yaml", "infra/trust/m.yaml"],
  ["shop/infra/trust", "../../matrix.yaml", "matrix.yaml"],
  ["shop/infra", "nowhere/new.yaml", "infra/nowhere/new.yaml"],
  ["shop/infra", "..m.yaml", "infra/..m.yaml"],
  ["shop/infra", "ALL/shop/infra/trust/m.yaml", "infra/trust/m.yaml"],
  ["plain", "../shop/infra/trust/m.yaml", "infra/trust/m.yaml"],
  ["plain", "ALL/shop/infra/trust/m.yaml", "infra/trust/m.yaml"],
  // Links: the file that git has, where it has one.
  ["shop", "link.yaml", "infra/trust/m.yaml"],
  ["shop/infra", "../folder/m.yaml", "infra/trust/m.yaml"],
  ["shop/infra", "../out/m.yaml", "out/m.yaml"],
  ["entry", "trust/m.yaml", "infra/trust/m.yaml"],
  ["plain", "../entry/trust/m.yaml", "infra/trust/m.yaml"],
  // A submodule is another repository, and is looked at from where the command runs.
  ["shop", "lib/m.yaml", "lib/m.yaml"],
  ["shop/lib", "m.yaml", "m.yaml"],
  ["shop/lib", "../infra/trust/m.yaml", "infra/trust/m.yaml"],
  // Outside of every repository a name stays as it is.
  ["plain", "m.yaml", "m.yaml"],
  ["plain", "../plain/m.yaml", "../plain/m.yaml"],
  ["shop", "../plain/m.yaml", "../plain/m.yaml"],
  ["shop", "ALL/plain/m.yaml", "ALL/plain/m.yaml"],
])("in %s, %s is called %s", (cwd, name, called) => {
  const all = places();
  const [given, expected] = [name, called].map((each) => each.replace("ALL", all));
  const fromTop = namesFromTop({ cwd: join(all, cwd), root: given, isOnDisk: true });
  expect(fromTop(given ?? "")).toBe(expected);
});

test("one repository holds for all names, and what is outside of it stays", () => {
  const all = places();
  const fromTop = namesFromTop({ cwd: join(all, "shop/infra"), root: "trust/m.yaml", isOnDisk: true });
  expect(["../../other/m.yaml", "../lib/m.yaml", "trust/m.yaml"].map(fromTop)).toEqual([
    "../../other/m.yaml",
    "lib/m.yaml",
    "infra/trust/m.yaml",
  ]);
  expect(namesFromTop({ cwd: join(all, "shop/infra"), root: undefined, isOnDisk: true })("a.yaml")).toBe(
    "infra/a.yaml",
  );
});

test("files of a commit are called as in the commit: links on the disk say nothing of them", () => {
  const all = places();
  const named = (cwd: string, name: string): string =>
    namesFromTop({ cwd: join(all, cwd), root: name, isOnDisk: false })(name);
  expect(named("shop", "link.yaml")).toBe("link.yaml");
  expect(named("shop/infra", "../folder/m.yaml")).toBe("folder/m.yaml");
  expect(named("entry", "trust/m.yaml")).toBe("infra/trust/m.yaml");
});
