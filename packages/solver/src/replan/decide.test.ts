import { type CatalogDocument, invariant, type Plan, type PlanRequest, readCatalog } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { planFleet } from "../plan-fleet.ts";
import { defaultBackends } from "../solve/backends.ts";
import { decide, type Verdict } from "./decide.ts";
import { withoutCatalog } from "./without-catalog.ts";

type Prices = Readonly<Record<string, string>>;

/** Otherwise equal offers of one machine, at these prices. */
const catalogAt = (id: string, asOf: string, prices: Prices): CatalogDocument => ({
  id,
  asOf,
  description: "Made for a test.",
  instanceTypes: [{ provider: "acme", name: "gpu-1", accelerator: "h100-sxm", accelerators: 1, network: "ethernet", source: "test" }],
  offers: Object.entries(prices).map(([offer, usdPerInstanceHour]) => ({
    id: offer,
    provider: "acme",
    instanceType: "gpu-1",
    region: `region-${offer}`,
    capacityType: "on-demand",
    usdPerInstanceHour,
    trust: "list",
    source: "test",
    date: asOf,
  })),
  notForSale: [],
});

const planOn = async (request: PlanRequest, document: CatalogDocument): Promise<Plan> => {
  const catalog = readCatalog(document);
  invariant(catalog.ok, "the sample reads");
  const input = { request, catalog: catalog.value, version: "0.0.0", newId: () => "plan_test" };
  const plan = await planFleet(input, { backends: defaultBackends, nowMs: () => 0 });
  invariant(plan.ok, "the sample can be planned");
  return plan.value;
};

/** A plan for one small service at these prices. */
const planAt = (prices: Prices, changes: Partial<PlanRequest> = {}): Promise<Plan> => {
  const service = {
    name: "chat",
    model: { id: "meta-llama/Llama-3.1-8B" },
    demand: { classes: [{ name: "all", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: 2 },
    slo: { ttftMs: 2000 },
  };
  return planOn({ services: [service], ...changes }, catalogAt("test-2026-07-30", "2026-07-30", prices));
};

/** Solves again at new prices and decides about a plan that was made at old ones. */
const decideAt = async (inForce: Plan, prices: Prices, switchThresholdShare = 0.05): Promise<Verdict> => {
  const document = catalogAt("new", "2026-08-30", prices);
  const catalog = readCatalog(document);
  const fresh = await planOn(withoutCatalog(inForce.request), document);
  invariant(catalog.ok, "the sample reads");
  return decide({ inForce, fresh, catalog: catalog.value, switchThresholdShare });
};

const kindsOf = ({ changes }: Verdict): string[] => changes.map(({ kind }) => kind);

const budget = (budgetUsdPerMonth: string): Partial<PlanRequest> => ({ limits: { budgetUsdPerMonth } });

describe("decide", () => {
  it("keeps a plan when nothing has changed", async () => {
    const verdict = await decideAt(await planAt({ a: "4.00", b: "5.00" }), { a: "4.00", b: "5.00" });
    expect(verdict).toEqual({ kind: "keep", usdPerHourBefore: 4_000_000n, usdPerHourAfter: 4_000_000n, saving: 0n, changes: [] });
  });

  it("switches when a price moved so far that another offer saves enough, and says what changes", async () => {
    const verdict = await decideAt(await planAt({ a: "4.00", b: "5.00" }), { a: "6.00", b: "5.00" });
    expect(verdict).toMatchObject({ kind: "switch", usdPerHourBefore: 6_000_000n, usdPerHourAfter: 5_000_000n, saving: 1_000_000n });
    expect(verdict.changes).toMatchObject([
      { kind: "price", offerId: "a", before: "4.00", after: "6.00" },
      { kind: "line-removed", offerId: "a", before: 1, after: 0 },
      { kind: "line-added", offerId: "b", before: 0, after: 1 },
    ]);
    expect(verdict.changes[0]?.detail).toBe("gpu-1 at acme in region-a, on-demand went from 4.00 to 6.00 USD per instance-hour");
  });

  it.each([
    { name: "below the threshold", thresholdShare: 0.2, kind: "keep" },
    { name: "exactly at the threshold", thresholdShare: 1 / 6, kind: "keep" },
    { name: "above the threshold", thresholdShare: 0.16, kind: "switch" },
    { name: "above no threshold at all", thresholdShare: 0, kind: "switch" },
  ])("is to $kind for a saving $name", async ({ thresholdShare, kind }) => {
    const verdict = await decideAt(await planAt({ a: "4.00", b: "5.00" }), { a: "6.00", b: "5.00" }, thresholdShare);
    expect(verdict).toMatchObject({ kind, saving: 1_000_000n });
  });

  it("keeps a plan that became cheaper, for there is nothing to switch to", async () => {
    const verdict = await decideAt(await planAt({ a: "4.00", b: "5.00" }), { a: "3.00", b: "5.00" }, 0);
    expect(verdict).toMatchObject({ kind: "keep", usdPerHourBefore: 3_000_000n, saving: 0n });
    expect(kindsOf(verdict)).toEqual(["price"]);
  });

  it("switches away from an offer that is gone, at whatever price", async () => {
    const verdict = await decideAt(await planAt({ a: "4.00", b: "5.00" }), { b: "9.00" }, 1);
    expect(verdict).toMatchObject({ kind: "switch", usdPerHourBefore: undefined, usdPerHourAfter: 9_000_000n, saving: undefined });
    expect(kindsOf(verdict)).toEqual(["offer-gone", "line-removed", "line-added"]);
  });

  it("switches when the plan in force breaks a rule at the new prices", async () => {
    const inForce = await planAt({ a: "4.00", b: "5.00" }, budget("3650"));
    const verdict = await decideAt(inForce, { a: "5.10", b: "5.00" }, 1);
    expect(verdict).toMatchObject({ kind: "switch", usdPerHourBefore: 5_100_000n, saving: 100_000n });
    expect(verdict.changes[0]).toEqual({ kind: "rule-broken", detail: "budget: the plan costs more than the budget" });
  });

  it("says so when the plan in force does not hold and there is no other", async () => {
    const verdict = await decideAt(await planAt({ a: "4.00", b: "5.00" }, budget("3650")), { a: "6.00", b: "7.00" });
    expect(verdict.kind).toBe("no-plan");
    expect(verdict.kind === "no-plan" && verdict.reason).toMatch(/no plan exists on the catalog of 2026-08-30.*budget/);
  });

  it("keeps a plan that holds when no other is found", async () => {
    const inForce = await planAt({ a: "4.00" });
    const document = catalogAt("new", "2026-07-30", { a: "4.00" });
    const catalog = readCatalog(document);
    invariant(catalog.ok, "the sample reads");
    const fresh: Plan = { ...inForce, status: "infeasible", cost: null, lines: [] };
    const verdict = decide({ inForce, fresh, catalog: catalog.value, switchThresholdShare: 0 });
    expect(verdict).toEqual({ kind: "keep", usdPerHourBefore: 4_000_000n, usdPerHourAfter: undefined, saving: undefined, changes: [] });
  });

  it("switches to the first plan that becomes possible", async () => {
    const inForce = await planAt({ a: "9.00" }, budget("3650"));
    expect(inForce.status).toBe("infeasible");
    const verdict = await decideAt(inForce, { a: "4.00" });
    expect(verdict).toMatchObject({ kind: "switch", usdPerHourBefore: undefined, usdPerHourAfter: 4_000_000n });
  });

  it("forgets the catalog that the request once named", async () => {
    const inForce = await planAt({ a: "4.00", b: "5.00" }, { market: { catalog: "test-2026-07-30", providers: ["acme"] } });
    expect(withoutCatalog(inForce.request).market).toEqual({ providers: ["acme"] });
    expect(await decideAt(inForce, { a: "4.00", b: "5.00" })).toMatchObject({ kind: "keep", changes: [] });
  });
});
