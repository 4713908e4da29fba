import type { ApiContext } from "./api-context.ts";

const longest = 200;

/** The id in the path; undefined where nothing stored can have it. */
export const pathId = (context: ApiContext): string | undefined => {
  const id = context.req.param("id") ?? "";
  return id !== "" && id.length <= longest && !id.includes("\0") && id.isWellFormed() ? id : undefined;
};
