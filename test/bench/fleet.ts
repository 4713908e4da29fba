import { cpus } from "node:os";
import { broken, compare, generous, inPercent, inSeconds, noise } from "./bars.ts";
import { type FleetCase, sizes } from "./fleet-cases.ts";
import { printGrowth } from "./growth.ts";
import { type MedianRun, medianRun } from "./median-run.ts";
import { monolithInTime } from "./monolith-in-time.ts";

/**
 * `tsx test/bench/fleet.ts`: three sizes on the real catalogs, each beside the one monolithic program given to HiGHS, and how the
 * time grows with offers, hours and services. Seeds are fixed, times are medians. `--quick` runs each size once and leaves the
 * monolith out; `--only=L` runs one size and no growth. Says which sentence a size does not keep, and then fails. What a full run
 * printed stands in docs/benchmark.md.
 */
const quick = process.argv.includes("--quick");
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
const rounds = quick ? 1 : 5;

const ourTime = async (asked: FleetCase): Promise<{ readonly ours: MedianRun; readonly failed: readonly string[] }> => {
  const ours = await medianRun(asked, rounds);
  const memoryMib = Math.round(process.resourceUsage().maxRSS / 1024);
  const stages = [...ours.stages].map(([stage, ms]) => `${stage} ${inSeconds(ms)}`).join(", ");
  console.log(
    `${asked.name}: ${asked.catalog.offers.length} offers, ${inSeconds(ours.totalMs)} in the median of ${ours.runs}, least ${inSeconds(ours.leastMs)}, first ${inSeconds(ours.firstMs)} ` +
      `(bar ${asked.limitSeconds} s; ${stages}), ${ours.usdPerHour.toFixed(2)} USD/h, gap ${inPercent(ours.gap ?? Number.NaN)} ` +
      `(bar 0.5 %), at most ${memoryMib} MiB so far (bar 1024)`,
  );
  return { ours, failed: broken({ ...asked, totalMs: ours.totalMs, gap: ours.gap, memoryMib }) };
};

const besideMonolith = async ({ name, limitSeconds }: FleetCase, ours: MedianRun): Promise<readonly string[]> => {
  const monolith = await monolithInTime(name, Math.max(limitSeconds, (generous * ours.totalMs) / 1000));
  const compared = compare({ name, limitSeconds, race: name === "S" ? "not run" : "run", ours, monolith });
  const { written } = monolith;
  const size = written ? `${written.wholeVariables} whole variables, written in ${inSeconds(written.ms)}` : "not written in time";
  console.log(`   monolith, ${size}; the services' fleet, ours ${ours.servicesUsdPerHour.toFixed(2)} USD/h:`);
  console.log(`   with the same limit of ${limitSeconds} s: ${compared.sameLimit}`);
  console.log(`   in ${generous} times our time (${inSeconds(generous * ours.totalMs)}): ${compared.generous}`);
  return compared.broken;
};

console.log(`${cpus()[0]?.model.trim()}, Node ${process.version}, one core; times fail at ${noise} times their bar`);
const failed: string[] = [];
for (const asked of await sizes()) {
  if (only !== undefined && asked.name !== only) continue;
  const measured = await ourTime(asked);
  failed.push(...measured.failed, ...(quick ? [] : await besideMonolith(asked, measured.ours)));
}
if (only === undefined) await printGrowth(quick ? 1 : 3);
for (const sentence of failed) console.error(`FAILED: ${sentence}`);
process.exitCode = failed.length > 0 ? 1 : 0;
