import { type Catalog, type InstanceTypeDocument, invariant, type OfferDocument, readCatalog } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { checkIntegrity } from "./check-integrity.ts";

const asOf = "2026-07-30";

const machine = (over: Partial<InstanceTypeDocument> = {}): InstanceTypeDocument => ({
  provider: "acme",
  name: "h100x8",
  accelerator: "h100-sxm",
  accelerators: 8,
  network: "rdma",
  source: "test",
  ...over,
});

const offer = (over: Partial<OfferDocument> = {}): OfferDocument => ({
  id: "on-demand",
  provider: "acme",
  instanceType: "h100x8",
  region: "here",
  capacityType: "on-demand",
  usdPerInstanceHour: "32.00",
  trust: "list",
  source: "test",
  date: asOf,
  ...over,
});

const catalog = (offers: readonly OfferDocument[], instanceTypes = [machine()]): Catalog => {
  const read = readCatalog({ id: "test", asOf, description: "", instanceTypes, offers, notForSale: [] });
  invariant(read.ok, "the test's catalog reads");
  return read.value;
};

const spot = (usdPerInstanceHour: string, over: Partial<OfferDocument> = {}) =>
  offer({ id: "spot", capacityType: "spot", usdPerInstanceHour, ...over });
const reserved = (usdPerInstanceHour: string) => offer({ id: "reserved", capacityType: "reserved", term: "1y", usdPerInstanceHour });

/** The same machine at several providers, one offer each, 8 accelerators. */
const market = (...usdPerInstanceHour: readonly string[]) =>
  catalog(
    usdPerInstanceHour.map((price, index) => offer({ id: `offer-${index}`, provider: `p${index}`, usdPerInstanceHour: price })),
    usdPerInstanceHour.map((_, index) => machine({ provider: `p${index}` })),
  );

describe("checkIntegrity", () => {
  it("finds nothing in an ordinary catalog", () => {
    expect(checkIntegrity(catalog([offer(), spot("12.00"), reserved("23.00")]))).toEqual([]);
  });

  it.each([
    { name: "spot above on demand", dear: spot("32.01"), rule: "spot-above-on-demand", detail: "32.01 an hour against 32.00 on demand" },
    {
      name: "spot of a zone above the region's on demand",
      dear: spot("40", { zone: "here-a" }),
      rule: "spot-above-on-demand",
      detail: "40.00 an hour against 32.00 on demand",
    },
    {
      name: "a commitment above on demand",
      dear: reserved("33"),
      rule: "reserved-above-on-demand",
      detail: "33.00 an hour against 32.00 on demand",
    },
  ])("finds $name", ({ dear, rule, detail }) => {
    expect(checkIntegrity(catalog([offer(), dear]))).toEqual([{ offerId: dear.id, rule, detail }]);
  });

  it("compares a zone's spot with that zone's on demand where zones differ", () => {
    const offers = [
      offer({ id: "a", zone: "here-a", usdPerInstanceHour: "20" }),
      offer({ id: "b", zone: "here-b", usdPerInstanceHour: "40" }),
      spot("30", { id: "spot-a", zone: "here-a" }),
      spot("30", { id: "spot-b", zone: "here-b" }),
    ];
    expect(checkIntegrity(catalog(offers)).map(({ offerId }) => offerId)).toEqual(["spot-a"]);
  });

  it("takes spot at the on-demand price for ordinary, and spot with nothing to compare", () => {
    expect(checkIntegrity(catalog([offer(), spot("32.00")]))).toEqual([]);
    expect(checkIntegrity(catalog([spot("99")]))).toEqual([]);
    expect(checkIntegrity(catalog([offer({ region: "there" }), spot("99")]))).toEqual([]);
  });

  it("finds a price far above or below the median over providers", () => {
    const findings = checkIntegrity(market("30", "32", "34", "193", "5.3"));
    expect(findings).toEqual([
      { offerId: "offer-3", rule: "outlier-price", detail: "24.13 USD per accelerator-hour; the median over providers is 4.00" },
      { offerId: "offer-4", rule: "outlier-price", detail: "0.66 USD per accelerator-hour; the median over providers is 4.00" },
    ]);
  });

  it("lets prices within the factor pass, and takes another factor", () => {
    const spread = market("30", "32", "34", "190", "5.4");
    expect(checkIntegrity(spread)).toEqual([]);
    expect(checkIntegrity(spread, { outlierFactor: 2 }).map(({ offerId }) => offerId)).toEqual(["offer-3", "offer-4"]);
  });

  it("gives a provider with many regions one vote", () => {
    const regions = Array.from({ length: 20 }, (_, index) =>
      offer({ id: `p0-${index}`, provider: "p0", region: `r${index}`, usdPerInstanceHour: "1" }),
    );
    const others = ["p1", "p2"].map((provider) => offer({ id: provider, provider, usdPerInstanceHour: "32" }));
    const findings = checkIntegrity(
      catalog(
        [...regions, ...others],
        ["p0", "p1", "p2"].map((provider) => machine({ provider })),
      ),
    );
    expect(findings).toHaveLength(20);
  });

  it("compares prices per accelerator, and each way of buying by itself", () => {
    const machines = [machine(), machine({ provider: "other", name: "h100x1", accelerators: 1 })];
    const single = { provider: "other", instanceType: "h100x1" };
    const offers = [offer(), offer({ id: "one", ...single, usdPerInstanceHour: "4" }), spot("2", { id: "one-spot", ...single })];
    expect(checkIntegrity(catalog(offers, machines))).toEqual([]);
  });

  it("finds a price older than a year, or than the days asked for", () => {
    const old = catalog([offer({ id: "old", date: "2025-07-29" }), offer({ id: "young", region: "there", date: "2025-07-30" })]);
    expect(checkIntegrity(old)).toEqual([{ offerId: "old", rule: "stale-price", detail: "of 2025-07-29, 366 days before the catalog" }]);
    expect(checkIntegrity(old, { maxAgeDays: 30 })).toHaveLength(2);
  });

  it("finds jumps against an earlier catalog, up and down", () => {
    const regions = ["cut", "rise", "steady", "new"];
    const at = (prices: readonly string[]) =>
      catalog(prices.map((usdPerInstanceHour, index) => offer({ id: `${regions[index]}`, region: `r${index}`, usdPerInstanceHour })));
    const earlier = at(["40", "40", "40"]);
    expect(checkIntegrity(at(["16", "64", "60", "40"]), { earlier })).toEqual([
      { offerId: "cut", rule: "sudden-jump", detail: "40.00 on 2026-07-30, now 16.00 (-60 %)" },
      { offerId: "rise", rule: "sudden-jump", detail: "40.00 on 2026-07-30, now 64.00 (+60 %)" },
    ]);
    expect(checkIntegrity(at(["36", "40", "40"]), { earlier, jumpShare: 0.05 }).map(({ offerId }) => offerId)).toEqual(["cut"]);
  });
});
