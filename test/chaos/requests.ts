import { seeded, weeklyService } from "../bench/fleet-cases.ts";

/** A plan that is solved quickly: one service, one provider. */
export const planRequest = (name: string) => ({
  name,
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: { classes: [{ name: "all", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: 5 },
      slo: { ttftMs: 2000 },
    },
  ],
  market: { providers: ["runpod"] },
});

/** Services over a week on the whole bundled catalog; ten are many seconds of work. */
export const weeklyRequest = (name: string, { services = 10, ...limits }: { services?: number; timeLimitSeconds?: number } = {}) => {
  const random = seeded(3);
  return { name, services: Array.from({ length: services }, (_, index) => weeklyService(index, 4000 * (1 + 0.1 * index), random)), limits };
};

const json = { "content-type": "application/json" };

export const post = (api: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(
    `${api}${path}`,
    body === undefined ? { method: "POST", headers } : { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) },
  );

export const put = (api: string, path: string, body: unknown): Promise<Response> =>
  fetch(`${api}${path}`, { method: "PUT", headers: json, body: JSON.stringify(body) });

/** Undefined where there is nothing, or nobody to ask. */
export const get = async <T>(api: string, path: string): Promise<T | undefined> => {
  try {
    const response = await fetch(`${api}${path}`);
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
};
