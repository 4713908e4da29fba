import { buyingRules } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { applyRelaxation, relaxationInWords, relaxedValue } from "./apply-relaxation.ts";
import { samplePlan } from "./sample-plan.ts";

const { request } = samplePlan();
const relax = (change: string, to: string) => ({ change, from: "", to, usdPerHour: "28.00" });

describe("applyRelaxation", () => {
  it("moves the target it names, and nothing else", () => {
    const relaxed = applyRelaxation(request, relax("tpotMs of chat", "60 ms"));
    expect(relaxed?.services[0]?.slo).toEqual({ ttftMs: 2000, tpotMs: 60, percentile: 95 });
    expect(request.services[0]?.slo.tpotMs).toBe(50);
  });

  it("raises the budget in the API's own spelling", () => {
    const tight = { ...request, limits: { budgetUsdPerMonth: 5000, gap: 0.01 } };
    expect(applyRelaxation(tight, relax("budgetUsdPerMonth", "20440.00"))?.limits).toEqual({ budgetUsdPerMonth: "20440.00", gap: 0.01 });
  });

  it("frees the spot share", () => {
    expect(applyRelaxation(request, relax("spotMaxShare", "1"))?.purchase).toEqual({ spotMaxShare: 1 });
  });

  it("drops the quota that the plan's rules call by that label", () => {
    const quotas = [
      { accelerator: "h100", max: 8 },
      { accelerator: "h200", region: "eu-north1", max: 0 },
    ];
    const bound = { ...request, market: { regions: ["eu-north1"], quotas } };
    const rules = buyingRules(bound);
    const label = rules.ok ? (rules.value.quotas[1]?.label ?? "") : "";
    expect(applyRelaxation(bound, relax(label, "no limit"))?.market).toEqual({ regions: ["eu-north1"], quotas: [quotas[0]] });
    expect(applyRelaxation({ ...bound, market: { quotas: quotas.slice(1) } }, relax(label, "no limit"))?.market).toEqual({});
  });

  it.each(["tpotMs of another service", "colour of chat", ""])("knows no change called “%s”", (change) => {
    expect(applyRelaxation(request, relax(change, "60 ms"))).toBeUndefined();
  });
});

it.each([
  ["ttftMs of chat", "First token of chat"],
  ["tpotMs of chat", "Time per output token of chat"],
  ["budgetUsdPerMonth", "Budget a month"],
  ["quota of 8 h100-sxm", "Quota of 8 h100-sxm"],
])("calls %s “%s”", (change, words) => {
  expect(relaxationInWords(relax(change, ""))).toBe(words);
});

it.each([
  ["budgetUsdPerMonth", "20440.00", "20,440.00 USD"],
  ["spotMaxShare", "0.5", "50 %"],
  ["tpotMs of chat", "6 ms", "6 ms"],
  ["quota of 8 h100-sxm", "no limit", "no limit"],
])("writes a value of %s with its unit", (change, value, written) => {
  expect(relaxedValue(relax(change, value), value)).toBe(written);
});
