import type { Plan, PlanRequest } from "@headroom/core";
import { type APIRequestContext, test as base, expect } from "@playwright/test";
import { addresses } from "./addresses.ts";

interface Watched {
  /** Every request that left this machine and every error that a page complained of. */
  readonly complaints: string[];
  /** Says that a page is expected to complain in these words. */
  readonly expectComplaint: (words: RegExp) => void;
}

interface Fixtures {
  readonly watched: Watched;
}

/** Every test fails where a page asks for something outside this machine or complains in its console. */
export const test = base.extend<Fixtures>({
  watched: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      const expected: RegExp[] = [];
      context.on("request", (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`asked for ${request.url()}`);
      });
      context.on("console", (message) => {
        if (message.type() === "error") complaints.push(`console: ${message.text()}`);
      });
      context.on("weberror", (error) => complaints.push(`error: ${error.error().message}`));
      await use({ complaints, expectComplaint: (words) => expected.push(words) });
      expect(complaints.filter((complaint) => !expected.some((words) => words.test(complaint)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const knowledgeBase: PlanRequest = {
  name: "Knowledge base",
  services: [
    {
      name: "knowledge-base",
      model: { id: "deepseek-ai/DeepSeek-V3" },
      demand: {
        classes: [{ name: "question", islTokens: 1024, oslTokens: 1024, share: 1 }],
        requestRatePerSecond: { users: 1000, concurrentShare: 0.05 },
      },
      slo: { ttftMs: 2000, tpotMs: 50, percentile: 95 },
    },
  ],
};

/** Makes a plan past the dashboard. */
export const planByApi = async (request: APIRequestContext, wanted: PlanRequest): Promise<Plan> => {
  const answer = await request.post(`${addresses.api}/v1/plans`, { data: wanted });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
};

/** The plan whose page is open, as the API has it. */
export const planAt = async (request: APIRequestContext, address: string): Promise<Plan> => {
  const id = new URL(address).pathname.split("/").at(-1) ?? "";
  const answer = await request.get(`${addresses.api}/v1/plans/${id}`);
  expect(answer.status()).toBe(200);
  return answer.json();
};

export const planAddress = /\/plans\/plan_[\w-]+$/;
