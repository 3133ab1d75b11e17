import type { Answer, Probe } from "./probe.ts";
import type { Judgement } from "./verify-report.ts";

/**
 * Whether a later answer could differ. propagation: since IAM takes its time. trouble: since something did not work.
 */
export type Again = "propagation" | "trouble" | null;

export interface FirstJudgement extends Judgement {
  readonly again: Again;
}

/**
 * What one answer says, by itself. The front door answers 401 to a token that it cannot take, 403 to none and to one
 * without a grant, 404 where ingress or a switched-off URL stands in the way; everything else comes from behind it.
 * docs: /run/docs/troubleshooting
 */
export function judgeAnswer(probe: Probe, answer: Answer): FirstJudgement {
  if (answer.kind === "not-sent") return unknown(answer.reason, null);
  if (answer.kind === "no-token") return unknown(`there is no token of ${probe.caller ?? ""}: ${answer.reason}`, null);
  if (answer.kind === "silent") return { ...unknown(`no answer: ${answer.reason}`, null), again: "trouble" };
  const { status, proxy } = answer;
  if (proxy || probe.expects === "proxy") return judgeProxy(probe, status, proxy);
  if (status === 404) return unreachable(probe);
  if (unclear.has(status))
    return {
      ...unknown(
        `${status} may come from the app or from before it`,
        `find out why, or name a path that answers: --path ${probe.service}=/healthz`,
      ),
      again: "trouble",
    };
  return { refuse, distrust, admit }[probe.expects](probe, status);
}

/** Answers of an app behind the door, and of Google's infrastructure in front of it. */
const unclear: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

function refuse(probe: Probe, status: number): FirstJudgement {
  const { credential, caller, service, region } = probe;
  if (status === 403)
    return ok(credential === "none" ? "is refused without a token" : `${caller} is refused, and no edge lets it in`);
  if (status === 401)
    return unknown(
      credential === "none"
        ? "401 without a token, where Cloud Run says 403: the app itself, or a proxy, may have said it"
        : "401 where Cloud Run says 403: the token was not taken, so nothing is said of the grant",
      credential === "none" ? drift : `the audience may not be its own: compare with matrix wiring ${caller}`,
    );
  if (credential === "none")
    return finding("open-without-token", `${service} in ${region} lets in everybody: ${status} without a token`, {
      help: "matrix drift says by which grant or setting; if it is meant, declare it public",
    });
  if (probe.mayInherit)
    return unknown(
      `${caller} gets in (${status}), and no edge says so: a grant that the matrix accepts under inherited may be why, and its role or its place is not known here`,
      `matrix explain-access ${caller} ${service} --live says by which path`,
    );
  return finding("undeclared-got-in", `${caller} gets into ${service} in ${region} (${status}), and no edge says so`, {
    help: `matrix drift, or matrix explain-access ${caller} ${service} --live, says by which path; where the mode is add, other grants stay until it is enforce`,
  });
}

function distrust({ service, region }: Probe, status: number): FirstJudgement {
  if (status === 401) return ok("a token for another audience is not taken");
  if (status === 403)
    return unknown(
      "403 to a token for another audience, where Cloud Run says 401: the app itself may have said it",
      drift,
    );
  return finding(
    "audience-not-checked",
    `${service} in ${region} lets in a token for another audience (${status}): its tokens are not checked`,
    { help: "its invoker check may be off, or everybody may call: matrix drift says so" },
  );
}

function admit(probe: Probe, status: number): FirstJudgement {
  const { credential, caller, service, region } = probe;
  const isBare = credential === "none";
  if (isBare && status === 401)
    return unknown(
      "401 without a token is none of Cloud Run's answers: the app, or a proxy, may have said it",
      `name a path that needs no sign-in: --path ${service}=/healthz`,
    );
  if (isBare && status === 403)
    return finding("public-refused", `${service} in ${region} is public, and refuses without a token (403)`, {
      help: "apply what matrix synth writes; the app itself could have said it, then name a path that needs no sign-in: --path",
    });
  if (status === 403)
    return finding("edge-refused", `${caller} is refused by ${service} in ${region} (403), and an edge lets it in`, {
      help: `apply what matrix synth writes; the app itself could have said it, then name a path that it answers: --path ${service}=/healthz`,
    });
  if (status === 401)
    return finding(
      "edge-refused",
      `the token of ${caller} is not taken by ${service} in ${region} (401), and an edge lets it in`,
      {
        help: `the audience may not be its own (give --snapshot for its URLs), or the app itself said it: name a path that it answers: --path ${service}=/healthz`,
      },
    );
  return isBare ? ok(`is public, and lets in without a token (${status})`) : ok(`${caller} gets in (${status})`);
}

function judgeProxy({ expects, service }: Probe, status: number, proxy: boolean): FirstJudgement {
  if (expects !== "proxy") return unknown("Identity-Aware Proxy answers, and the matrix does not put it there", drift);
  if (proxy) return ok("Identity-Aware Proxy asks to sign in");
  // The app itself may refuse, or send people to sign in, with nothing in front of it.
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || status === 401 || status === 403 || status === 404 || unclear.has(status))
    return unknown(`${status} without its mark does not show that Identity-Aware Proxy stands in front`, drift);
  return finding("open-without-token", `${service} lets in everybody (${status}), past Identity-Aware Proxy`, {
    help: "matrix drift says whether the proxy is on, and who may call",
  });
}

function unreachable({ isInternal, service }: Probe): FirstJudgement {
  return isInternal
    ? unknown(
        "not reachable from here (404): its ingress lets in requests from inside only",
        "run matrix verify from inside, or leave it out with --service",
      )
    : unknown(
        "404: its ingress, a URL that is off, a service that is not there, or the app's own",
        `name a path that it answers: --path ${service}=/healthz`,
      );
}

const drift = "matrix drift says who may call it";

function ok(message: string): FirstJudgement {
  return { verdict: "ok", finding: null, evidence: "status", message, help: null, again: null };
}

function unknown(message: string, help: string | null): FirstJudgement {
  return { verdict: "unknown", finding: null, evidence: "none", message, help, again: null };
}

function finding(
  name: NonNullable<Judgement["finding"]>,
  message: string,
  { help }: { readonly help: string },
): FirstJudgement {
  return { verdict: "finding", finding: name, evidence: "status", message, help, again: "propagation" };
}
