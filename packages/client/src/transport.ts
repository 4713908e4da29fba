import type { Answer } from "./answer.ts";
import { type Problem, problem } from "./documents/problem.ts";

export interface Transport {
  /** Of the server, with or without a slash at its end. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Received {
  readonly status: number;
  readonly body: unknown;
}

/** Sends one request and sorts what comes back; never throws. */
export const send = async (transport: Transport, call: Call): Promise<Answer<Received>> => {
  try {
    const response = await (transport.fetch ?? fetch)(urlOf(transport, call), requestOf(call));
    const text = await response.text();
    const body = readJson(text);
    if (!response.ok) return { ok: false, kind: "problem", problem: problemOf(response, body) };
    if (body === undefined && text !== "")
      return { ok: false, kind: "network", detail: "the answer is not JSON: is this a Headroom server?" };
    return { ok: true, value: { status: response.status, body } };
  } catch (error) {
    return { ok: false, kind: "network", detail: reasonOf(error) };
  }
};

const urlOf = ({ baseUrl }: Transport, { path, query = {} }: Call): string => {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, typeof value === "object" ? value.join(",") : String(value));
  }
  return url.href;
};

const requestOf = ({ method, body, headers, signal }: Call): RequestInit => ({
  method,
  headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  ...(signal ? { signal } : {}),
});

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Something between us and the server may answer in words of its own. */
const problemOf = (response: Response, body: unknown): Problem => {
  const parsed = problem.safeParse(body);
  return parsed.success ? parsed.data : { type: "about:blank", title: response.statusText || "Error", status: response.status };
};

/** fetch hides the reason in its error's cause. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};
