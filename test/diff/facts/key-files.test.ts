import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { compareMatrices } from "../../../src/diff/compare-matrices.ts";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { validateMatrix } from "../../../src/matrix/validate-matrix.ts";
import { today, treeOf } from "../../matrix/in-memory.ts";

const matrix = `version: 1
environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }
services: { billing: { ingress: all } }
callers: { batch: { oidc: { issuer: https://issuer.acme.com, subject: batch-7, jwks: issuer.jwks.json } } }
trust: { batch -> billing: Closes the books }
`;

function keySet(): string {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "ES256", use: "sig" }] });
}

function read(keys: string) {
  const validated = validateMatrix(treeOf({ "matrix.yaml": matrix, "issuer.jwks.json": keys }), "matrix.yaml", today);
  if ("problem" in validated || validated.matrix === undefined) throw new Error("the matrix cannot be read");
  return validated.matrix;
}

test("whoever holds another key is another identity, though the matrix says the same", () => {
  const [one, other] = [keySet(), keySet()];
  const changes = compareMatrices(pairMatrices(read(one), read(other)));
  expect(changes.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(["identity-changed batch"]);
  expect(compareMatrices(pairMatrices(read(one), read(JSON.stringify(JSON.parse(one), null, 2))))).toEqual([]);
});
