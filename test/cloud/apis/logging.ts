import { type Answer, type Api, type Call, closedAnswer, denied, refusal, routes } from "../answer.ts";
import { answerPage, googlePage, listBody } from "../page.ts";

/** logging.googleapis.com v2: the entries of a log. A list that is asked for by POST has its token in the body. */
export const logging: Api = routes([["POST", /^\/v2\/entries:list$/, listEntries]]);

interface Asked {
  readonly resourceNames?: readonly string[];
  readonly filter?: string;
  readonly orderBy?: string;
  readonly pageSize?: number;
  readonly pageToken?: string;
}

/** Takes the one filter that the tool writes, and refuses every other. */
const form =
  /^logName="([^"]+)\/logs\/cloudaudit\.googleapis\.com%2Factivity" AND timestamp>="([^"]+)" AND timestamp<"([^"]+)" AND protoPayload\.serviceName=\(("[a-z.]+"(?: OR "[a-z.]+")*)\)$/;

function listEntries(call: Call): Answer {
  const asked = (call.body ?? {}) as Asked;
  const [level] = asked.resourceNames ?? [];
  const [, of, from = "", to = "", apis = ""] = form.exec(asked.filter ?? "") ?? [];
  if (level === undefined || of !== level || asked.resourceNames?.length !== 1 || asked.orderBy !== "timestamp asc")
    return refusal(400, "Unparseable filter.", "INVALID_ARGUMENT");
  if (call.query.size > 0) return refusal(400, "Unknown name in the query.", "INVALID_ARGUMENT");
  const closed = closedAnswer(call.world, "log", level);
  if (closed !== undefined) return closed;
  const log = call.world.logs?.[level];
  if (log === undefined) return denied(level, "logging.logEntries.list");
  const entries = log.filter(
    ({ timestamp, protoPayload }) =>
      timestamp >= from && timestamp < to && apis.includes(`"${protoPayload.serviceName}"`),
  );
  const query = new URLSearchParams({
    pageSize: String(asked.pageSize ?? 0),
    ...(asked.pageToken === undefined ? {} : { pageToken: asked.pageToken }),
  });
  return answerPage({ ...call, query, path: asked.filter ?? "" }, entries, googlePage, (page) =>
    listBody("entries", page),
  );
}
