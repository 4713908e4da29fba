import { bundledCatalogDocument } from "@headroom/catalog";
import { parseRequest, planRequest, readCatalog } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";
import { expect, it } from "vitest";

/** Quiet nights and weekends, a peak after noon. */
const rateOf = (hour: number): number => {
  const day = 0.3 + 0.7 * Math.max(0, Math.sin((((hour % 24) - 6) / 18) * Math.PI)) ** 1.5;
  return Math.round(100 * (hour < 120 ? 1 : 0.55) * day) / 5;
};

const request = {
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-70B" },
      demand: {
        classes: [{ name: "question", islTokens: 800, oslTokens: 250, share: 1 }],
        requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => rateOf(hour)) },
      },
      slo: { ttftMs: 3000, tpotMs: 80 },
    },
  ],
};

it.each([
  ["one-instance", 0.005],
  ["one-zone", 0.1],
] as const)(
  "a week of a 70B that survives %s is planned on the bundled catalog and proved near its least",
  async (survive, mostGap) => {
    const catalog = readCatalog(bundledCatalogDocument);
    const parsed = parseRequest(planRequest, { ...request, purchase: { survive } });
    if (!catalog.ok || !parsed.ok) throw new Error("the catalog and the request read");
    const outcome = await planFleet(
      { request: parsed.value, catalog: catalog.value, version: "test", newId: () => "plan_test" },
      { backends: defaultBackends, nowMs: () => 0 },
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
    expect(outcome.value.proof.checks).toContainEqual({ rule: "survival", holds: true });
    expect(outcome.value.proof.gap).toBeLessThanOrEqual(mostGap);
  },
  60_000,
);
