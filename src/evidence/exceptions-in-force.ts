import type { DriftReport } from "../drift/drift-report.ts";
import { isInheritedInForce } from "../matrix/model/inherited-in-force.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { parseEnd } from "../time/instant.ts";

/** What the matrix accepts beside its edges: who answers for it, until when, and what of the world it covers. */
export function exceptionsInForce(matrix: Matrix, { findings, unread, access }: DriftReport): object {
  return {
    schema: "matrix/evidence-exceptions/v1",
    exceptions: matrix.exceptions.map(({ value }) => ({
      id: value.id,
      rule: value.rule,
      match: value.match,
      owner: value.owner,
      approvedBy: value.approvedBy ?? null,
      reason: value.reason,
      ticket: value.ticket ?? null,
      expires: value.expires,
      inForce: matrix.asOf < (parseEnd(value.expires) ?? 0),
      findings: findings
        .filter(({ accepted }) => accepted === value.id)
        .map(({ rule, message, fingerprint }) => ({ rule, message, fingerprint })),
      unread: unread.filter(({ accepted }) => accepted === value.id).map(({ resource }) => resource),
    })),
    inherited: matrix.inherited.map(({ key, value }) => ({
      key,
      principal: value.principal,
      role: value.role,
      at: value.at,
      owner: value.owner ?? null,
      reason: value.reason,
      ticket: value.ticket ?? null,
      expires: value.expires ?? null,
      inForce: isInheritedInForce(value, matrix.asOf),
      services: [
        ...new Set(
          access.flatMap((row) =>
            row.paths.some(({ inherited }) => inherited === key) ? [row.service ?? row.resource] : [],
          ),
        ),
      ],
    })),
  };
}
