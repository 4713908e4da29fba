import { isSameOrigin } from "@/lib/security/is-same-origin.ts";
import { cancelJob, followJob } from "@/lib/solve/begin-solve.ts";

interface JobAddress {
  readonly params: Promise<{ readonly id: string }>;
}

export const GET = async (_request: Request, { params }: JobAddress): Promise<Response> =>
  Response.json(await followJob((await params).id));

export const DELETE = async (request: Request, { params }: JobAddress): Promise<Response> => {
  if (!isSameOrigin(request.headers)) return new Response("Only this dashboard's own pages may ask.\n", { status: 403 });
  return Response.json(await cancelJob((await params).id));
};
