/** The error at the bottom. What drizzle wraps around it repeats the query's parameters, which belong in no log. */
export const rootCause = (error: unknown): unknown => {
  let cause = error;
  for (let depth = 0; cause instanceof Error && cause.cause instanceof Error && depth < 10; depth++) cause = cause.cause;
  return cause;
};
