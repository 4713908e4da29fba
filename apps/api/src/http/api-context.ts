import type { Context } from "hono";
import type { RequestIdVariables } from "hono/request-id";

export interface ApiEnvironment {
  Variables: RequestIdVariables;
}

export type ApiContext = Context<ApiEnvironment>;
