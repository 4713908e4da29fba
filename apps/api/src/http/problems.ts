/** Every kind of refusal. The code is the end of the problem's type, a path that this server answers. */
export const problems = {
  "malformed-json": { status: 400, title: "The body is not JSON" },
  "foreign-origin": { status: 403, title: "Requests from other web pages are refused" },
  "not-found": { status: 404, title: "Not found" },
  "method-not-allowed": { status: 405, title: "The method is not allowed here" },
  conflict: { status: 409, title: "It stands against what is stored" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body must be JSON" },
  "foreign-host": { status: 421, title: "This server does not answer to that host name" },
  "invalid-fields": { status: 422, title: "Some fields are wrong" },
  "solve-stopped": { status: 422, title: "The solve did not end within its time limit" },
  "solve-too-large": { status: 422, title: "The solve needs more memory than it may have" },
  "too-many-solves": { status: 429, title: "Too many solves at once" },
  internal: { status: 500, title: "Something broke on our side" },
  "database-away": { status: 503, title: "The database does not answer" },
  stopping: { status: 503, title: "The server is stopping" },
} as const;

export type ProblemCode = keyof typeof problems;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);
