import { bundledCatalogDocument, readSkyPilotFolder } from "@headroom/catalog";
import { type Catalog, type CatalogDocument, type PlanRequest, readCatalog } from "@headroom/core";
import { sharedPath } from "../shared-data.ts";

/** A request and the catalog it is planned on. */
export interface FleetCase {
  readonly name: string;
  readonly request: PlanRequest;
  readonly catalog: Catalog;
  readonly limitSeconds: number;
}

type Service = PlanRequest["services"][number];

/** Mulberry32: the same numbers for the same seed. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Quiet nights and weekends, a peak after noon, a little noise: a real week, in steps of a hundredth of its peak. */
const weekOf = (peak: number, random: () => number): number[] =>
  Array.from({ length: 168 }, (_, hour) => {
    const inDay = hour % 24;
    const weekday = hour < 120 ? 1 : 0.55;
    const shape = 0.3 + 0.7 * Math.max(0, Math.sin(((inDay - 6) / 18) * Math.PI)) ** 1.5;
    return Math.round(100 * Math.min(1, weekday * shape * (0.95 + 0.1 * random()))) * (peak / 100);
  });

const classes = {
  chat: { name: "chat", islTokens: 800, oslTokens: 250 },
  document: { name: "document", islTokens: 6000, oslTokens: 400 },
  code: { name: "code", islTokens: 2000, oslTokens: 900 },
} as const;

const models = ["meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-70B", "Qwen/Qwen3-30B-A3B"] as const;

export const weeklyService = (index: number, peak: number, random: () => number, shares: readonly number[] = [0.5, 0.2, 0.3]): Service => ({
  name: `service-${index}`,
  model: { id: models[index % models.length] ?? models[0] },
  demand: {
    classes: Object.values(classes).flatMap((traffic, at) => ((shares[at] ?? 0) > 0 ? [{ ...traffic, share: shares[at] ?? 0 }] : [])),
    requestRatePerSecond: { hourOfWeek: weekOf(peak, random) },
  },
  slo: { ttftMs: 3000, tpotMs: 80 },
});

/** Every day alike. */
export const dailyService = (peak: number, random: () => number): Service => {
  const service = weeklyService(0, peak, random, [1]);
  const day = weekOf(peak, random).slice(0, 24);
  return {
    ...service,
    demand: { ...service.demand, requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => day[hour % 24] ?? 0) } },
  };
};

export const skyPilot2024 = async (): Promise<CatalogDocument> => {
  const imported = await readSkyPilotFolder(sharedPath("data/skypilot-catalog/2024-06-13"));
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors));
  return imported.value.document;
};

export const catalogOf = (document: CatalogDocument): Catalog => {
  const read = readCatalog(document);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

export const bundled = (): CatalogDocument => bundledCatalogDocument;

/** Several catalogs as one: ids of offers are told apart, an instance type that several know stands once. */
export const together = (documents: readonly CatalogDocument[]): CatalogDocument => {
  const seen = new Set<string>();
  return {
    id: "together",
    asOf:
      documents
        .map(({ asOf }) => asOf)
        .toSorted()
        .at(-1) ?? "",
    description: "every catalog at hand",
    instanceTypes: documents.flatMap(({ instanceTypes }) =>
      instanceTypes.filter(({ provider, name }) => {
        const key = `${provider}\n${name}`;
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew;
      }),
    ),
    offers: documents.flatMap(({ id, offers }) => offers.map((offer) => ({ ...offer, id: `${id}/${offer.id}` }))),
    notForSale: [],
  };
};

export const services = (count: number, peak: number, seed: number): PlanRequest["services"] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => weeklyService(index, peak * (1 + 0.1 * index), random));
};

const training = (name: string, tokens: number): NonNullable<PlanRequest["trainingJobs"]>[number] => ({
  name,
  model: { id: "meta-llama/Llama-3.1-8B" },
  sequenceLength: 4096,
  microBatchSize: 1,
  globalBatchSize: 512,
  tokens,
  deadlineDays: 7,
});

/** What the bars are for. */
export const sizes = async (): Promise<readonly FleetCase[]> => {
  const snapshot = await skyPilot2024();
  return [
    { name: "S", limitSeconds: 0.3, catalog: catalogOf(bundled()), request: { services: [dailyService(4000, seeded(1))] } },
    { name: "M", limitSeconds: 2, catalog: catalogOf(snapshot), request: { services: services(3, 4000, 2) } },
    {
      name: "L",
      limitSeconds: 10,
      catalog: catalogOf(together([bundled(), snapshot])),
      request: { services: services(10, 4000, 3), trainingJobs: [training("tune", 2e9), training("adapt", 8e9)] },
    },
  ];
};
