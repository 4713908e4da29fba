/** Connection failures of the driver and of the operating system. */
const connectionCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
]);

/** PostgreSQL's classes 08 (connection), 53 (out of resources) and 57 (shut down or cancelled by an operator). */
const serverClasses = ["08", "53", "57P"];

/** True where a query failed for want of a working server, so that the same request may succeed later. */
export const isDatabaseAway = (error: unknown): boolean => {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth++) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    if (connectionCodes.has(code) || serverClasses.some((prefix) => code.length === 5 && code.startsWith(prefix))) return true;
  }
  return false;
};
