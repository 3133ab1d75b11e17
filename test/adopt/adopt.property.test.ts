import * as fc from "fast-check";
import { expect, test } from "vitest";
import { adopt, errorsIn, leftOver } from "./adopt-of.ts";
import { arbitraryCompany } from "./arbitrary-company.ts";

// MATRIX_RUNS and MATRIX_SEED make longer or other runs.
const { MATRIX_RUNS, MATRIX_SEED } = process.env;
const runs = (usual: number) => ({
  numRuns: MATRIX_RUNS === undefined ? usual : Number(MATRIX_RUNS),
  endOnFailure: true,
  seed: MATRIX_SEED === undefined ? 20261122 : Number(MATRIX_SEED),
});

const company = arbitraryCompany("acme", "1");

test("an adopted world validates, has no drift, and adopting it again changes no byte", () => {
  fc.assert(
    fc.property(company, (snapshot) => {
      const first = adopt(snapshot);
      expect([...errorsIn(first.files, snapshot), ...leftOver(first)]).toEqual([]);
      expect(adopt(snapshot, { into: first.files }).files).toEqual(first.files);
    }),
    runs(20),
  );
});

test("two environments merge into one matrix, and each goes on saying what its own world is", () => {
  fc.assert(
    fc.property(arbitraryCompany("test", "2"), company, (staging, prod) => {
      const first = adopt(staging, { environment: "staging" });
      const both = adopt(prod, { into: first.files });
      expect([...errorsIn(both.files, prod), ...leftOver(both)]).toEqual([]);
      const again = adopt(staging, { environment: "staging", into: both.files });
      expect(leftOver(again)).toEqual([]);
      expect(again.files).toEqual(both.files);
      expect(adopt(prod, { into: both.files }).files).toEqual(both.files);
    }),
    runs(10),
  );
});

test("a newer snapshot is adopted over an older one", () => {
  fc.assert(
    fc.property(company, company, (older, newer) => {
      const first = adopt(older);
      const second = adopt(newer, { into: first.files });
      expect([...errorsIn(second.files, newer), ...leftOver(second)]).toEqual([]);
      expect(adopt(newer, { into: second.files }).files).toEqual(second.files);
    }),
    runs(10),
  );
});
