import { formatUsd } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedWhole } from "../fakes/asked-whole.ts";
import { popularRuleFormula } from "../fakes/popular-rule-formula.ts";
import { catalogOf, type OfferRow } from "../fakes/price-list.ts";
import { strictTools } from "../fakes/strict-tools.ts";
import { hours } from "../fakes/weekly-case.ts";
import { baselines } from "./baselines.ts";

const market: readonly OfferRow[] = [
  { type: "l4x1", usd: 0.8 },
  { type: "l4x1", usd: 0.3, capacityType: "spot" },
  { type: "l4x1", usd: 0.5, capacityType: "reserved" },
  { type: "l4x4", usd: 3.5 },
  { type: "l4x4", usd: 1.1, capacityType: "spot" },
  { type: "l4x4", usd: 1.9, capacityType: "reserved" },
  { type: "h200x8", usd: 28 },
];

const service = (name: string, rates: readonly number[]) => ({
  name,
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: [
      { name: "question", islTokens: 1000, oslTokens: 200, share: 0.6 },
      { name: "document", islTokens: 4000, oslTokens: 100, share: 0.4 },
    ],
    requestRatePerSecond: rates.length === 1 ? rates[0] : { hourOfWeek: hours((hour) => rates[hour % rates.length] ?? 0) },
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const ruleOf = async (document: object, rows = market) => {
  const whole = await askedWhole(document, catalogOf(rows));
  const { popularRule, popularRuleFails } = await baselines(whole, strictTools);
  return { whole, popularRule, popularRuleFails };
};

const busy = service("chat", [30]);

describe("the popular rule", () => {
  it("is a plan that passes the check and costs what arithmetic on its prices says", async () => {
    const rates = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(rates, { minLength: 1, maxLength: 2 }), fc.constantFrom(0.5, 0.7, 1), async (services, spotMaxShare) => {
        const asked = { services: services.map((own, index) => service(`service-${index}`, own)), purchase: { spotMaxShare } };
        const { whole, popularRule, popularRuleFails } = await ruleOf(asked);
        const formula = popularRuleFormula(whole.problem);
        expect(popularRule === null).toBe(popularRuleFails !== undefined);
        if (popularRule === null || formula === undefined) return;
        compared += 1;
        expect(popularRule).toBe(formatUsd(formula));
      }),
      { numRuns: 12, seed: 5 },
    );
    expect(compared).toBeGreaterThan(4);
  });

  it.each([
    { forbids: "so much spot", purchase: { spotMaxShare: 0.2 }, reason: /more than a share of 0\.2 would be spot/ },
    {
      forbids: "spot at all",
      purchase: { capacityTypes: ["on-demand", "reserved"] },
      reason: /nothing that serves chat is for sale on spot/,
    },
    {
      forbids: "the loss of an instance",
      purchase: { survive: "one-instance", spotMaxShare: 1 },
      reason: /^survival: chat does not survive/,
    },
  ])("is none where the request forbids $forbids, and says so", async ({ purchase, reason }) => {
    const { popularRule, popularRuleFails } = await ruleOf({ services: [busy], purchase });
    expect(popularRule).toBeNull();
    expect(popularRuleFails).toMatch(reason);
  });

  it("is none where a quota leaves too few of its machines, and names the quota", async () => {
    const market = { quotas: [{ accelerator: "l4", capacityType: "reserved", max: 1 }] };
    const { popularRule, popularRuleFails } = await ruleOf({ services: [busy], purchase: { spotMaxShare: 1 }, market });
    expect(popularRule).toBeNull();
    expect(popularRuleFails).toMatch(/^quotas: quota of 1 l4 \(reserved\)/);
  });

  it("is a plan where answers are priced on their way out", async () => {
    const purchase = { spotMaxShare: 1 };
    const plain = await ruleOf({ services: [busy], purchase });
    const sent = await ruleOf({ services: [busy], purchase, market: { surcharges: { egressUsdPerGib: 50 } } });
    expect(Number(sent.popularRule)).toBeGreaterThan(Number(plain.popularRule));
  });
});
