import type { ApiContext } from "./api-context.ts";

/** RFC 7240. */
export const prefersJob = (context: ApiContext): boolean =>
  /(?:^|[,;\s])respond-async(?:$|[,;\s])/i.test(context.req.header("prefer") ?? "");
