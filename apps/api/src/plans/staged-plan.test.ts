import { type PlanRequest, planDocument } from "@headroom/core";
import { sampleRequest } from "@headroom/db/test-database";
import { expect, it } from "vitest";
import { fakeApp } from "../fakes/fake-app.ts";
import { inProcessSolver } from "../fakes/plan-in-process.ts";

const megabyte = 2 ** 20;

const classes = [
  { name: "question", islTokens: 1000, oslTokens: 200, share: 0.5 },
  { name: "document", islTokens: 3000, oslTokens: 300, share: 0.2 },
  { name: "essay", islTokens: 400, oslTokens: 800, share: 0.3 },
];

/** Every hour of the week has a load of its own, so that each has a row of its own. */
const weekly = (name: string): PlanRequest["services"][number] => {
  const [service] = sampleRequest().services as [PlanRequest["services"][number]];
  const hourOfWeek = Array.from({ length: 168 }, (_, hour) => 1 + ((hour * 37) % 168) / 84);
  return { ...service, name, demand: { classes, requestRatePerSecond: { hourOfWeek }, growthPerMonth: 0.05 } };
};

it("takes back the plan of many services by the hour in twelve stages, and the plan made beside that", async () => {
  const { send } = fakeApp({ solver: inProcessSolver, answerWithinMs: 60_000 });
  const request = { services: Array.from({ length: 2 }, (_, index) => weekly(`service-${index}`)) };
  const first = await (await send("POST", "/v1/plans", request)).json();
  expect(first.stages).toHaveLength(12);
  expect(JSON.stringify(first).length).toBeGreaterThan(1.4 * megabyte);
  const answer = await send("POST", "/v1/plans", { ...request, current: first, switchingUsdPerInstance: 10 });
  expect(answer.status).toBe(200);
  const second = planDocument.parse(await answer.json());
  expect(second.cost?.usdSwitching).toBe("0.00");
  const third = await (await send("POST", "/v1/plans", { ...request, current: second, switchingUsdPerInstance: 10 })).json();
  expect(JSON.stringify(third).length).toBeLessThan(JSON.stringify(second).length + megabyte / 10);
}, 180_000);
