import type { PlanRequest } from "@headroom/core";
import { inSeconds } from "./bars.ts";
import { catalogOf, services, skyPilot2024 } from "./fleet-cases.ts";
import { type Asked, median, medianRun } from "./median-run.ts";

/** How the time grows with services, hours and offers: medians of three where a plan takes less than two seconds. */
export const printGrowth = async (rounds: number): Promise<void> => {
  const snapshot = await skyPilot2024();
  const catalog = catalogOf(snapshot);
  const growth = async (what: string, sizes: readonly number[], build: (size: number) => Asked): Promise<void> => {
    const times: string[] = [];
    for (const size of sizes) times.push(`${size}: ${inSeconds(await timeOf(build(size), rounds))}`);
    console.log(`time against ${what}: ${times.join(", ")}`);
  };
  await growth("services", [1, 2, 4, 8], (size) => ({ request: { services: services(size, 1000, 4) }, catalog }));
  await growth("hours", [1, 24, 72, 168], (size) => ({ request: { services: repeating(size, services(2, 1000, 6)) }, catalog }));
  await growth("offers", [400, 800, 1600, 3200], (size) => ({
    request: { services: services(2, 1000, 5) },
    catalog: catalogOf({
      ...snapshot,
      offers: snapshot.offers.filter((_, index) => index % Math.max(1, Math.floor(snapshot.offers.length / size)) === 0),
    }),
  }));
};

const smallMs = 2000;

const timeOf = async (asked: Asked, rounds: number): Promise<number> => {
  const first = await medianRun(asked, 1);
  if (first.totalMs > smallMs || rounds === 1) return first.totalMs;
  const later = [await medianRun(asked, 1), await medianRun(asked, 1)];
  return median([first, ...later].map(({ totalMs }) => totalMs));
};

/** The first hours of each week again and again. */
const repeating = (hours: number, needs: PlanRequest["services"]): PlanRequest["services"] =>
  needs.map((service) => {
    const rate = service.demand.requestRatePerSecond;
    const week = typeof rate === "object" && "hourOfWeek" in rate ? rate.hourOfWeek : [];
    return {
      ...service,
      demand: { ...service.demand, requestRatePerSecond: { hourOfWeek: week.map((_, hour) => week[(8 + (hour % hours)) % 168] ?? 0) } },
    };
  });
