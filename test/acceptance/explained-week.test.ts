import { bundledCatalog } from "@headroom/catalog";
import { type Plan, type PlanRequest, parseRequest, planRequest } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";
import { describe, expect, it } from "vitest";

type Service = PlanRequest["services"][number];

const week = (name: string, peak: number, quietest: number): Service => ({
  name,
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
    requestRatePerSecond: {
      hourOfWeek: Array.from({ length: 168 }, (_, hour) => peak * (1 - quietest * Math.cos(((hour % 24) * Math.PI) / 24) ** 2)),
    },
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const planOf = async (request: unknown, explain: "whole" | "none" = "none"): Promise<Plan> => {
  const parsed = parseRequest(planRequest, request);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const tools = { backends: defaultBackends, nowMs: () => 0 };
  const input = { request: parsed.value, catalog: bundledCatalog(), version: "test", newId: () => "plan_test", explain };
  const outcome = await planFleet(input, tools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const providers = [...new Set(bundledCatalog().offers.map(({ instanceType }) => instanceType.provider))];

const costOf = ({ cost }: Plan): number => Number(cost?.usdPerHour);

describe("the explanation of a week", () => {
  it("compares with plans near the best: without a provider it costs what a request without that provider costs", async () => {
    const services = [week("chat", 3000, 0.6), week("search", 4500, 0.3)];
    const { lines, explanation } = await planOf({ services }, "whole");
    const used = [...new Set(lines.map(({ provider }) => provider))];
    const compared = used.flatMap((provider) => {
      const found = explanation.runnersUp.find(({ change }) => change === `without ${provider}`);
      return found ? [{ provider, usdPerHour: Number(found.usdPerHour) }] : [];
    });
    expect(compared.length).toBeGreaterThan(0);
    for (const { provider, usdPerHour } of compared) {
      const without = await planOf({ services, market: { providers: providers.filter((other) => other !== provider) } });
      expect(usdPerHour / costOf(without), provider).toBeLessThan(1.05);
    }
  });

  it("prices one more request by what it adds to the week, and a looser rule by what it saves", async () => {
    const purchase = { spotMaxShare: 0.3 };
    const plan = await planOf({ services: [week("chat", 4500, 0.6)], purchase }, "whole");
    const more = await planOf({ services: [week("chat", 4725, 0.6)], purchase });
    const worthOf = (what: string): number =>
      Number(plan.explanation.bindingConstraints.find(({ constraint }) => constraint.startsWith(what))?.usdPerHourOfOneMore);
    const added = (costOf(more) - costOf(plan)) / 225;
    expect(worthOf("demand of chat") / added).toBeGreaterThan(0.7);
    expect(worthOf("demand of chat") / added).toBeLessThan(1.15);
    const freely = await planOf({ services: [week("chat", 4500, 0.6)], purchase: { spotMaxShare: 1 } });
    expect(worthOf("spot share") / (costOf(freely) - costOf(plan))).toBeGreaterThan(0.9);
    expect(worthOf("spot share") / (costOf(freely) - costOf(plan))).toBeLessThan(1.1);
  });
});
