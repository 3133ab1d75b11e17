import type { DetailProblem } from "./caller-kind.ts";

/** Domains in which Google makes accounts of programs. docs: /iam/docs/service-account-types */
const ofPrograms = /@(?:[^@]+\.)?gserviceaccount\.com$/i;

/** People and groups are members of another kind than accounts: IAM refuses the whole row for a wrong one. */
export function checkNoAccount(email: string, what: "group" | "person"): readonly DetailProblem[] {
  return ofPrograms.test(email)
    ? [
        {
          field: undefined,
          problem: "limit",
          message: `is no ${what}: its address is that of a service account`,
          help: "write serviceAccount in place of the key",
        },
      ]
    : [];
}

export function checkAccount(email: string): readonly DetailProblem[] {
  return ofPrograms.test(email)
    ? []
    : [
        {
          field: undefined,
          problem: "limit",
          message: "is no service account: their addresses end in gserviceaccount.com",
          help: "write user or group in place of serviceAccount",
        },
      ];
}
