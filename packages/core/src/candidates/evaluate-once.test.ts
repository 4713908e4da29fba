import { expect, it } from "vitest";
import { type Catalog, readCatalog, selectOffers } from "../market/index.ts";
import type { PlanRequest } from "../request/index.ts";
import { enumerateLayouts } from "./enumerate-layouts.ts";
import { type Evaluation, evaluateCandidate } from "./evaluate-candidate.ts";
import { evaluateOnce } from "./evaluate-once.ts";
import { serviceNeeds } from "./service-need.ts";
import { servingShapes } from "./serving-shape.ts";

const catalog = (): Catalog => {
  const types = [
    { accelerator: "h100", accelerators: 1, network: "ethernet" },
    { accelerator: "h100", accelerators: 8, network: "ethernet" },
    { accelerator: "h100", accelerators: 8, network: "rdma" },
    { accelerator: "l4", accelerators: 4, network: "ethernet" },
  ] as const;
  const outcome = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: types.map((type, index) => ({ provider: "cloud", source: "made up", name: `${index}`, ...type })),
    offers: types.map((_, index) => ({
      id: `${index}`,
      provider: "cloud",
      instanceType: `${index}`,
      region: "here",
      capacityType: "on-demand",
      usdPerInstanceHour: 1,
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const service = (name: string, rate: number, tpotMs: number): PlanRequest["services"][number] => ({
  name,
  model: { id: "meta-llama/Llama-3.1-70B" },
  demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: rate },
  slo: { ttftMs: 4000, tpotMs },
});

/** All that differs between evaluations, as text: money does not go into JSON by itself. */
const told = (evaluation: Evaluation): string =>
  JSON.stringify(evaluation, (_, value) => (typeof value === "bigint" ? String(value) : value));

it("answers as if each question were evaluated by itself, whatever was asked before", () => {
  const needs = serviceNeeds({ services: [service("first", 1, 60), service("second", 9, 60), service("hurried", 9, 12)] });
  const offers = selectOffers(catalog(), {});
  if (!needs.ok || !offers.ok) throw new Error("the request reads");
  const once = evaluateOnce();
  for (const need of needs.value)
    for (const shape of servingShapes(offers.value))
      for (const sized of enumerateLayouts(need.model, shape.accelerators, shape.scaleOut !== undefined))
        for (const precision of need.precisions)
          expect(told(once(need, shape, { ...sized, precision }))).toBe(told(evaluateCandidate(need, shape, { ...sized, precision })));
});
