import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  accelerators,
  findAccelerator,
  formatUsd,
  hasHostMemory,
  type InstanceTypeDocument,
  type OfferDocument,
  usd,
} from "@headroom/core";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { bundledCatalog, bundledCatalogDocument } from "./bundled-catalog.ts";
import { checkIntegrity } from "./integrity/index.ts";
import { renderCatalog } from "./render-catalog.ts";

const { asOf, instanceTypes, offers, notForSale } = bundledCatalogDocument;

const machineOf = ({ provider, instanceType }: OfferDocument): InstanceTypeDocument | undefined =>
  instanceTypes.find((machine) => machine.provider === provider && machine.name === instanceType);

const refusedNames = new Set(notForSale.map(({ what }) => what));

const priceOf = (id: string): string | undefined => offers.find((offer) => offer.id === id)?.usdPerInstanceHour.toString();

describe("the bundled catalog", () => {
  it("reads, with the totals that its sources give", () => {
    expect(bundledCatalog()).toMatchObject({ id: "bundled-2026-07-30", asOf: "2026-07-30" });
    const count = (kind: string) =>
      offers.filter(({ capacityType, term }) => [capacityType, term].filter(Boolean).join(" ") === kind).length;
    expect({ machines: instanceTypes.length, offers: offers.length, notForSale: notForSale.length }).toEqual({
      machines: 116,
      offers: 434,
      notForSale: 36,
    });
    expect(["on-demand", "spot", "reserved 1y", "reserved 3y"].map(count)).toEqual([142, 86, 103, 103]);
    expect([...new Set(instanceTypes.map(({ provider }) => provider))]).toEqual([
      "alibaba",
      "aws",
      "azure",
      "coreweave",
      "gcp",
      "lambda",
      "nebius",
      "runpod",
      "tencent",
    ]);
  });

  it("is stored one row a line and sorted, so that a change shows as its lines", () => {
    const stored = readFileSync(new URL("../snapshots/2026-07-30.json", import.meta.url), "utf8");
    expect(stored).toBe(renderCatalog(bundledCatalogDocument));
    const ids = offers.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
  });

  it("prices every offer with a positive decimal text, a source and a day", () => {
    for (const { id, usdPerInstanceHour, source, date } of offers) {
      const price = usd(usdPerInstanceHour);
      expect(price, id).toBeGreaterThan(0n);
      expect(formatUsd(price), id).toBe(usdPerInstanceHour);
      expect(source.length, id).toBeGreaterThan(10);
      expect(date <= asOf, id).toBe(true);
    }
  });

  it("names each offer after its provider, region, machine and terms", () => {
    for (const { id, provider, region, instanceType, capacityType, term } of offers) {
      expect(id).toBe(`${provider}/${region}/${instanceType}/${[capacityType, term].filter(Boolean).join("-")}`);
    }
  });

  it("names no path of a machine as a source", () => {
    for (const { source } of [...instanceTypes, ...offers]) expect(source).not.toMatch(/^[./~]|\\|\.csv|\/work\//);
  });

  it("marks as assumed exactly what no list and no survey shows", () => {
    for (const { id, trust, source } of offers) expect(source.startsWith("assumed: "), id).toBe(trust === "assumed-discount");
    for (const { id, trust, source } of offers) expect(source.startsWith("public price survey"), id).toBe(trust === "survey");
  });

  it("offers every machine or says why not", () => {
    const offered = new Set(offers.map((offer) => machineOf(offer)));
    const silent = instanceTypes.filter((machine) => !offered.has(machine) && !refusedNames.has(`${machine.name} (${machine.provider})`));
    expect(silent).toEqual([]);
  });

  it("holds no machine whose host is too small for an engine", () => {
    expect(
      instanceTypes
        .filter(({ hostMemoryGib, accelerators: count }) => !hasHostMemory({ hostMemoryGib, accelerators: count }))
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it("offers every known accelerator or says why not", () => {
    const offered = new Set(offers.map((offer) => machineOf(offer)?.accelerator));
    const refused = new Set([...refusedNames].map((what) => findAccelerator(what)).map((found) => (found.ok ? found.value.id : undefined)));
    expect(accelerators.filter(({ id }) => !offered.has(id) && !refused.has(id))).toEqual([]);
    expect(accelerators.filter(({ id }) => offered.has(id) && refused.has(id))).toEqual([]);
  });

  it.each([
    ["aws", "p4d.24xlarge", "a100-sxm-40gb", 8],
    ["aws", "p4de.24xlarge", "a100-sxm-80gb", 8],
    ["aws", "p5.48xlarge", "h100-sxm", 8],
    ["aws", "g5.24xlarge", "a10g", 4],
    ["aws", "inf2.48xlarge", "inferentia2", 12],
    ["azure", "Standard_ND96asr_v4", "a100-sxm-40gb", 8],
    ["azure", "Standard_ND96amsr_A100_v4", "a100-sxm-80gb", 8],
    ["azure", "Standard_ND96isr_H100_v5", "h100-sxm", 8],
    ["azure", "Standard_ND96isr_MI300X_v5", "mi300x", 8],
    ["gcp", "a3-highgpu-8g", "h100-sxm", 8],
    ["gcp", "a3-megagpu-8g", "h100-sxm", 8],
    ["gcp", "ct5lp-hightpu-8t", "tpu-v5e", 8],
    ["gcp", "ct5p-hightpu-4t", "tpu-v5p", 4],
    ["gcp", "ct6e-standard-8t", "tpu-v6e", 8],
  ])("sells %s %s with %s × %i", (provider, name, accelerator, count) => {
    const machine = instanceTypes.find((candidate) => candidate.provider === provider && candidate.name === name);
    expect(machine).toMatchObject({ accelerator, accelerators: count });
    expect(offers.filter((offer) => machineOf(offer) === machine && offer.capacityType === "on-demand")).not.toEqual([]);
  });

  it.each(["A30", "A800-SXM-80GB", "Jetson-AGX-Orin-64GB", "MI250X", "p5e.48xlarge (aws)", "trn2.48xlarge (aws)", "a4-highgpu-8g (gcp)"])(
    "says why %s is not for sale",
    (what) => expect(refusedNames).toContain(what),
  );

  it.each([
    { id: "aws/us-east-1/p5.48xlarge/on-demand", price: "55.04" },
    { id: "aws/us-east-1/p5.48xlarge/reserved-1y", price: "39.6288" },
    { id: "aws/us-east-1/p5.48xlarge/reserved-3y", price: "30.272" },
    { id: "aws/us-east-1/g5.24xlarge/on-demand", price: "8.144" },
    { id: "azure/eastus/Standard_ND96isr_H100_v5/on-demand", price: "98.32" },
    { id: "azure/eastus/Standard_ND96isr_H100_v5/reserved-3y", price: "49.16" },
    { id: "gcp/us-central1/a3-highgpu-8g/spot", price: "50.609541" },
    { id: "gcp/us-central1/a3-highgpu-8g/reserved-1y", price: "61.383672" },
    { id: "lambda/any/gpu_8x_h100_sxm5/on-demand", price: "31.92" },
  ])("sells $id at $price", ({ id, price }) => {
    expect(priceOf(id)).toBe(price);
  });

  it.each([
    { name: "p5.48xlarge", network: "rdma", networkGbps: 3200 },
    { name: "Standard_ND96isr_H100_v5", network: "rdma", networkGbps: 3200 },
    { name: "Standard_ND96asr_v4", network: "rdma", networkGbps: 1600 },
    { name: "a3-highgpu-8g", network: "ethernet", networkGbps: 800 },
    { name: "a3-ultragpu-8g", network: "rdma", networkGbps: 3200 },
    { name: "gpu_8x_h100_sxm5", network: "none", networkGbps: undefined },
  ])("gives $name its fabric, not its front-end card", ({ name, network, networkGbps }) => {
    const machine = instanceTypes.find((candidate) => candidate.name === name);
    expect([machine?.network, machine?.networkGbps]).toEqual([network, networkGbps]);
  });

  it("has only integrity findings that are known: prices that no newer source was found for", () => {
    const origins = checkIntegrity(bundledCatalog()).map(({ offerId, rule }) => {
      const { source = "", date } = offers.find(({ id }) => id === offerId) ?? {};
      return [rule, date, source.includes("AWS Spot Advisor") ? "AWS Spot Advisor" : source].join(", ");
    });
    expect(
      Object.fromEntries([...new Set(origins)].toSorted().map((origin) => [origin, origins.filter((other) => other === origin).length])),
    ).toEqual({
      "stale-price, 2024-06-13, SkyPilot catalog, 2024-06-13": 6,
      "stale-price, 2025-06-28, AWS Spot Advisor": 31,
    });
  });
});

const facts = fileURLToPath(new URL("../../../../shared/facts/instances.csv", import.meta.url));
const isAbsent = !existsSync(facts);

describe(`the bundled catalog against the table of facts${isAbsent ? " (skipped: no ../shared)" : ""}`, () => {
  const rows: Record<string, string>[] = isAbsent ? [] : parse(readFileSync(facts), { columns: true });

  it.skipIf(isAbsent)("carries every machine with its accelerators", () => {
    const machines = new Map(instanceTypes.map((machine) => [`${machine.provider} ${machine.name}`, machine]));
    for (const { provider, instance, gpu, gpus } of rows) {
      const accelerator = gpu === "A100-80GB" ? "a100-pcie-80gb" : gpu?.toLowerCase();
      expect(machines.get(`${provider} ${instance}`)).toMatchObject({ accelerator, accelerators: Number(gpus) });
    }
    expect(rows).toHaveLength(97);
  });

  it.skipIf(isAbsent)("carries every price, to the four digits that the table keeps", () => {
    const terms = { on_demand_usd_h: "on-demand", spot_usd_h: "spot", commit_1y_usd_h: "reserved-1y", commit_3y_usd_h: "reserved-3y" };
    const differences = rows.flatMap((row) =>
      Object.entries(terms)
        .filter(([column]) => row[column])
        .map(([column, term]) => Number(row[column]) - Number(priceOf(`${row.provider}/${row.price_region}/${row.instance}/${term}`))),
    );
    expect(differences).toHaveLength(128);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(6e-5);
  });
});
