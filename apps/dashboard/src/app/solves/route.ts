import { isSameOrigin } from "@/lib/security/is-same-origin.ts";
import { beginSolve } from "@/lib/solve/begin-solve.ts";

/** Plans what the form asks. The browser's leaving cancels the solve, which no server action could hear. */
export const POST = async (request: Request): Promise<Response> => {
  if (!isSameOrigin(request.headers)) return new Response("Only this dashboard's own pages may ask.\n", { status: 403 });
  return Response.json(await beginSolve(await request.json(), request.signal));
};
