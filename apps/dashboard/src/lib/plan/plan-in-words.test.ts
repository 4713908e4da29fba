import { describe, expect, it } from "vitest";
import { askedInWords } from "./asked-in-words.ts";
import { assumptionsInWords } from "./assumptions-in-words.ts";
import { bindingInWords } from "./binding-in-words.ts";
import { boughtAs, buysInOneLine } from "./offer-words.ts";
import { planSentence, proofSentence, rulesChecked } from "./plan-sentence.ts";
import { sampleLine, samplePlan } from "./sample-plan.ts";

const reserved = sampleLine({ instanceType: "g6.48xlarge", instances: 1200, provider: "aws", capacityType: "reserved", term: "1y" });

describe("planSentence", () => {
  it("says what to rent, where and how", () => {
    expect(planSentence(samplePlan())).toBe("Rent 1 × h200x8 (8 × H200 141GB SXM) at nebius in eu-north1, on-demand.");
  });

  it("joins several lines", () => {
    expect(planSentence(samplePlan({ lines: [sampleLine(), reserved] }))).toBe(
      "Rent 1 × h200x8 (8 × H200 141GB SXM) at nebius in eu-north1, on-demand; and 1,200 × g6.48xlarge (8 × H200 141GB SXM) at aws in eu-north1, reserved for one year.",
    );
  });

  it("says for how long a job's machines are there", () => {
    const run = sampleLine({ active: { fromHour: 0, untilHour: 4.551 } });
    expect(planSentence(samplePlan({ lines: [run] }))).toBe(
      "Rent 1 × h200x8 (8 × H200 141GB SXM) at nebius in eu-north1, on-demand, for 4.551 hours.",
    );
  });

  it("says of a staged plan what to begin with", () => {
    const stages = [
      { fromHour: 0, untilHour: 730 },
      { fromHour: 730, untilHour: 1460 },
    ];
    const lines = stages.map((active, stage) => sampleLine({ active, instances: stage + 1 }));
    expect(planSentence(samplePlan({ stages, lines }))).toBe(
      "To begin with, rent 1 × h200x8 (8 × H200 141GB SXM) at nebius in eu-north1, on-demand. What changes after that stands below.",
    );
  });

  it("names the dearest of many purchases", () => {
    const lines = Array.from({ length: 8 }, (_, index) => sampleLine({ instances: index + 1, usdPerHour: `${index + 1}.00` }));
    expect(planSentence(samplePlan({ lines }))).toMatch(/^Rent 8 × h200x8 .*; 3 × h200x8 .*; and 2 smaller purchases\.$/);
  });

  it("says that there is none", () => {
    expect(planSentence(samplePlan({ cost: null, lines: [] }))).toMatch(/^No plan meets this request/);
  });
});

it("tells a table what a plan buys, however many lines it has", () => {
  expect(buysInOneLine(samplePlan({ lines: [sampleLine(), reserved, reserved] }))).toBe(
    "1 × h200x8, nebius on-demand + 1,200 × g6.48xlarge, aws reserved for one year + 1 more line",
  );
  expect(buysInOneLine(samplePlan({ cost: null, lines: [] }))).toBe("Nothing: no plan meets the request");
  expect(boughtAs({ capacityType: "reserved", term: "3y" })).toBe("reserved for three years");
});

describe("proofSentence", () => {
  const { proof } = samplePlan();
  it.each([
    { name: "a proof", changes: {}, words: /^Proved/ },
    { name: "a plan within a gap", changes: { status: "feasible", proof: { ...proof, gap: 0.02 } }, words: /may exist/ },
    { name: "no bound", changes: { status: "feasible", proof: { ...proof, gap: null, lowerBoundUsdPerHour: null } }, words: /no bound/ },
    { name: "no plan", changes: { status: "infeasible" }, words: /^No combination/ },
  ] as const)("claims no more than $name", ({ changes, words }) => {
    expect(proofSentence(samplePlan(changes))).toMatch(words);
  });

  it("counts the rules and owns up to a broken one", () => {
    expect(rulesChecked(samplePlan())).toBe("1 rule re-checked, all hold");
    const checks = [
      { rule: "cost", holds: true },
      { rule: "memory", holds: false },
    ];
    expect(rulesChecked(samplePlan({ proof: { ...proof, checks } }))).toBe("2 rules re-checked, 1 broken");
  });
});

describe("askedInWords", () => {
  it("tells a request of people", () => {
    expect(askedInWords(samplePlan().request)).toEqual([
      {
        name: "chat",
        words:
          "DeepSeek-V3 · 1,000 people, 5 % at once · 1,024 tokens in, 1,024 out · first token in 2,000 ms, 50 ms per output token for 95 % of requests",
      },
    ]);
  });

  it("tells jobs", () => {
    const model = { id: "meta-llama/Llama-3.1-8B" };
    const asked = askedInWords({
      services: [],
      batchJobs: [{ name: "summaries", model, requests: 3_000_000, islTokens: 1000, oslTokens: 200, deadlineHours: 72 }],
      trainingJobs: [{ name: "tune", model, sequenceLength: 4096, microBatchSize: 1, globalBatchSize: 64, tokens: 2e9, deadlineDays: 3 }],
    });
    expect(asked).toEqual([
      { name: "summaries", words: "Llama-3.1-8B · 3,000,000 requests in 72 hours: 1,000 tokens in, 200 out" },
      { name: "tune", words: "Llama-3.1-8B · training on 2,000,000,000 tokens in 3 days" },
    ]);
  });

  it("tells classes, a rate and a model of its own", () => {
    const [asked] = askedInWords({
      services: [
        {
          name: "code",
          model: { config: {} },
          precision: { weights: "int4" },
          demand: {
            classes: [
              { name: "short", islTokens: 100, oslTokens: 50, share: 0.75 },
              { name: "long", islTokens: 9000, oslTokens: 500, share: 0.25 },
            ],
            requestRatePerSecond: 12.5,
          },
          slo: { requestLatencyMs: 40_000, percentile: 99 },
        },
      ],
    });
    expect(asked?.words).toBe(
      "a model of its own config in int4 · 12.5 requests/s · short 75 %: 100 tokens in, 50 out; long 25 %: 9,000 tokens in, 500 out · answer in 40.0 s for 99 % of requests",
    );
  });
});

it("puts assumptions in words with their units, and keeps the name of one it does not know", () => {
  expect(assumptionsInWords({ horizonHours: 8760, spotMaxShare: 0.5, commitmentTerms: "", kvBlockTokens: 16, isNew: true })).toEqual([
    { label: "Horizon", value: "8,760 hours" },
    { label: "Spot, at most of the accelerators", value: "50 %" },
    { label: "Commitment terms", value: "none" },
    { label: "Kv block tokens", value: "16" },
    { label: "Is new", value: "yes" },
  ]);
});

it.each([
  [
    "spot share of at most 0.5 (one more: no limit)",
    0.5,
    { limit: "Spot, at most 50 % of the accelerators", toSpare: "50 %", oneMore: "no limit" },
  ],
  ["quota of 8 h100-sxm (one more: 8)", 0, { limit: "Quota of 8 h100-sxm", toSpare: "0", oneMore: "8 more" }],
  [
    "demand of chat, 60 requests per second",
    4.004,
    { limit: "Demand of chat, 60 requests per second", toSpare: "4.004", oneMore: "one more" },
  ],
])("explains the limit %s", (constraint, slack, words) => {
  expect(bindingInWords({ constraint, slack, usdPerHourOfOneMore: null })).toEqual(words);
});
