import type {
  Frontier,
  MemoryEstimate,
  Mix,
  OfferList,
  PerformanceEstimate,
  Plan,
  Scenarios,
  ServiceMix,
  TrainingEstimate,
  Verification,
} from "@headroom/core";
import { planAsText } from "@headroom/core";
import type { CommandName } from "../doors.ts";
import { alignColumns } from "./align-columns.ts";
import { frontierText, scenariosText } from "./comparison-text.ts";

/** What each command prints on a terminal. The casts are safe: an answer comes from the door of its own name. */
export const renderers: Readonly<Record<CommandName, (answer: unknown) => string>> = {
  memory: (answer) => memoryText(answer as MemoryEstimate),
  performance: (answer) => performanceText(answer as PerformanceEstimate),
  training: (answer) => trainingText(answer as TrainingEstimate),
  mix: (answer) => mixText(answer as Mix | ServiceMix),
  plan: (answer) => planAsText(answer as Plan),
  frontier: (answer) => frontierText(answer as Frontier),
  scenarios: (answer) => scenariosText(answer as Scenarios),
  verify: (answer) => verificationText(answer as Verification),
  offers: (answer) => offersText(answer as OfferList),
};

const gib = (value: number): string => `${value.toFixed(2)} GiB`;

const memoryText = ({ parameters, weightsGib, perAccelerator, kvCache, verdict, reasons, interval, ...rest }: MemoryEstimate): string => {
  const counts = [
    ["parameters", parameters.total.toLocaleString("en-US")],
    ["  active for a token", parameters.active.toLocaleString("en-US")],
    ["weights of one replica", gib(weightsGib)],
  ];
  if (!perAccelerator || !kvCache) return alignColumns([...counts, ...memoryAnswerLines(rest.answer)]);
  const parts = [
    ["weights", perAccelerator.weightsGib],
    ["activations", perAccelerator.activationGib],
    ["runtime", perAccelerator.runtimeGib],
    ["KV cache", perAccelerator.kvCacheGib],
    ["free", perAccelerator.freeGib],
    ["= budget", perAccelerator.budgetGib],
    ["visible", perAccelerator.visibleGib],
  ] as const;
  return alignColumns([
    ...counts,
    ["each accelerator", ""],
    ...parts.map(([name, value]) => [`  ${name}`, gib(value)]),
    ["KV cache of a token", `${kvCache.bytesPerTokenPerAccelerator.toLocaleString("en-US")} B`],
    ["requests at maxModelLen", [kvCache.maxConcurrency.toFixed(1), ...shapeBandText(kvCache.maxConcurrencyBand)].join(" ")],
    ["KV cache, 80 % band", interval ? `${gib(interval.kvCacheGib[0])} to ${gib(interval.kvCacheGib[1])}` : ""],
    ["verdict", [verdict ?? "", ...reasons].join(": ")],
    ...(rest.host ? [["host memory", `${gib(rest.host.weightsGib)} weights, ${gib(rest.host.kvCacheGib)} KV cache`]] : []),
    ...memoryAnswerLines(rest.answer),
    ...(rest.remedies ?? [])
      .slice(0, 5)
      .map(({ change, gibSaved, speedCost, verdict: then }) => [
        "remedy",
        [`${change}: saves ${gib(gibSaved)}`, ...speedText(speedCost), `then ${then}`].join(", "),
      ]),
  ]);
};

const shapeBandText = (band: readonly [number, number] | undefined): string[] =>
  band ? [`(${band[0].toFixed(1)} to ${band[1].toFixed(1)}: the shape is assumed)`] : [];

const speedText = (cost: number | undefined): string[] => {
  if (cost === undefined) return [];
  return [cost < 0 ? `gains ${(-cost * 100).toFixed(0)} % of speed` : `costs ${(cost * 100).toFixed(0)} % of speed`];
};

const memoryAnswerLines = ({ accelerators = [], ...answer }: NonNullable<MemoryEstimate["answer"]> = {}): string[][] => [
  ...(answer.maxConcurrency === undefined ? [] : [["most requests at once", String(answer.maxConcurrency)]]),
  ...(answer.maxContextTokens === undefined ? [] : [["longest context", `${answer.maxContextTokens.toLocaleString("en-US")} tokens`]]),
  ...(answer.minAccelerators === undefined ? [] : [["fewest accelerators", `${answer.minAccelerators}, ${answer.verdict}`]]),
  ...accelerators.map(({ id, minAccelerators, verdict }) => ["fits on", `${minAccelerators} × ${id}, ${verdict}`]),
];

const performanceText = (answer: PerformanceEstimate): string => {
  const latency = (statistics: PerformanceEstimate["tpotMs"] | null) =>
    statistics === null
      ? "grows without end"
      : `mean ${statistics.mean.toFixed(1)} · p50 ${statistics.p50.toFixed(1)} · p95 ${statistics.p95.toFixed(1)} · p99 ${statistics.p99.toFixed(1)} ms`;
  const { outputTokensPerSecond: band } = answer.interval;
  return alignColumns([
    [
      "output tokens per second",
      `${answer.outputTokensPerSecond.toFixed(0)} (80 % band ${band[0].toFixed(0)} to ${band[1].toFixed(0)}, ${answer.source})`,
    ],
    ["  of each accelerator", answer.outputTokensPerSecondPerAccelerator.toFixed(1)],
    ["requests per second", answer.requestsPerSecond.toFixed(3)],
    ["time to first token", latency(answer.ttftMs)],
    ["time per output token", latency(answer.tpotMs)],
    ["request latency", latency(answer.requestLatencyMs)],
    ["requests that run at once", String(answer.maxConcurrency)],
    ["bottleneck", answer.bottleneck],
  ]);
};

const trainingText = ({ perAccelerator, verdict, reasons, ...answer }: TrainingEstimate): string =>
  alignColumns([
    ...Object.entries(perAccelerator).map(([part, value]) => [part.replace(/Gib$/, ""), gib(value)]),
    ["verdict", [verdict, ...reasons].join(": ")],
    ["step", `${answer.stepSeconds.toFixed(2)} s`],
    ["tokens per second of each accelerator", answer.tokensPerSecondPerAccelerator.toFixed(0)],
    ["MFU", `${(answer.mfu * 100).toFixed(1)} %`],
    ...(answer.days === undefined ? [] : [["days", answer.days.toFixed(2)]]),
    ...(answer.acceleratorHours === undefined ? [] : [["accelerator-hours", answer.acceleratorHours.toFixed(0)]]),
    ...Object.entries(answer.answer ?? {}).map(([question, size]) => [question, String(size)]),
    ...(answer.remedies ?? []).map(({ change, gibSaved, verdict: then }) => [`with ${change}`, `${gib(gibSaved)} saved, ${then}`]),
  ]);

const mixText = (mix: Mix | ServiceMix): string => {
  const counts = "counts" in mix ? mix.counts : mix.machinesUsed;
  const proved = mix.proof.gap === 0 ? "proved" : mix.proof.gap === null ? "no bound" : `gap ${(mix.proof.gap * 100).toFixed(2)} %`;
  return [
    ...mix.explanation.text,
    alignColumns(Object.entries(counts).map(([id, count]) => [`  ${id}`, String(count)])),
    `${mix.status}, ${proved}`,
  ].join("\n");
};

const verificationText = ({ holds, violations }: Verification): string =>
  holds ? "The plan holds." : ["The plan does not hold:", ...violations.map(({ rule, detail }) => `  ${rule}: ${detail}`)].join("\n");

const offersText = ({ catalog, catalogAsOf, offers }: OfferList): string =>
  [
    `${offers.length} offers of ${catalog}, prices of ${catalogAsOf}`,
    alignColumns([
      ["USD/h", "per accelerator", "machine", "accelerators", "where", "terms", "price"],
      ...offers.map((offer) => [
        offer.usdPerInstanceHour,
        (Number(offer.usdPerInstanceHour) / offer.acceleratorsPerInstance).toFixed(3),
        offer.instanceType,
        `${offer.acceleratorsPerInstance} × ${offer.accelerator}`,
        `${offer.provider} ${offer.zone ?? offer.region}`,
        offer.term ? `${offer.capacityType} ${offer.term}` : offer.capacityType,
        `${offer.priceTrust}, ${offer.priceDate}`,
      ]),
    ]),
  ].join("\n");
