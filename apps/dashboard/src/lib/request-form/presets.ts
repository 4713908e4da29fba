import type { PlanRequest } from "@headroom/core";
import { formOf } from "./form-of-request.ts";
import type { FormValues } from "./form-values.ts";
import { emptyForm } from "./list-items.ts";

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly values: FormValues;
}

const oneService = (name: string, service: PlanRequest["services"][number]): FormValues =>
  formOf({ name, services: [service] }) ?? emptyForm;

const knowledgeBase: Preset = {
  id: "knowledge-base",
  label: "Knowledge base for 1,000 employees",
  values: oneService("Knowledge base", {
    name: "knowledge-base",
    model: { id: "deepseek-ai/DeepSeek-V3" },
    demand: {
      classes: [{ name: "question", islTokens: 1024, oslTokens: 1024, share: 1 }],
      requestRatePerSecond: { users: 1000, concurrentShare: 0.05 },
    },
    slo: { ttftMs: 2000, tpotMs: 50, percentile: 95 },
  }),
};

const chat: Preset = {
  id: "chat",
  label: "Chat at 20 requests a second",
  values: oneService("Chat", {
    name: "chat",
    model: { id: "meta-llama/Llama-3.1-70B" },
    precision: { weights: "fp8" },
    demand: {
      classes: [
        { name: "short", islTokens: 800, oslTokens: 250, prefixHitShare: 0.3, share: 0.8 },
        { name: "long", islTokens: 6000, oslTokens: 600, share: 0.2 },
      ],
      requestRatePerSecond: 20,
    },
    slo: { ttftMs: 1000, tpotMs: 60, percentile: 95 },
  }),
};

const assistant: Preset = {
  id: "assistant",
  label: "Assistant with thinking time",
  values: oneService("Assistant", {
    name: "assistant",
    model: { id: "meta-llama/Llama-3.1-8B" },
    demand: {
      classes: [{ name: "turn", islTokens: 2000, oslTokens: 300, prefixHitShare: 0.5, share: 1 }],
      requestRatePerSecond: { users: 5000, concurrentShare: 0.04, thinkSeconds: 30 },
    },
    slo: { ttftMs: 500, tpotMs: 40, percentile: 95 },
  }),
};

const empty: Preset = { id: "empty", label: "Empty form", values: emptyForm };

export const presets: readonly Preset[] = [knowledgeBase, chat, assistant, empty];
export const defaultPreset = knowledgeBase;

export const findPreset = (id: string | undefined): Preset => presets.find((preset) => preset.id === id) ?? defaultPreset;
