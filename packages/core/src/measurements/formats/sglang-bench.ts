import { z } from "zod";
import type { EngineName } from "../../request/engine.ts";
import { parseRequest } from "../../request/parse-request.ts";
import { refuse } from "../../units/index.ts";
import type { ResultFormat } from "./result-format.ts";
import { figure } from "./run-fields.ts";
import { readServingScript } from "./serving-script.ts";

/** What SGLang's script says beside the fields that it shares with vLLM's. */
const sglangResult = z.looseObject({ backend: z.string().max(200).optional(), accept_length: figure });

/** A line of `python -m sglang.bench_serving`, one a run. */
export const sglangBench: ResultFormat = {
  name: "sglang-bench",
  usualEngine: "sglang",
  recognises: (document) =>
    "output_throughput" in document && ("total_output_tokens_retokenized" in document || "random_input_len" in document),
  runsOf: (document) => {
    const parsed = parseRequest(sglangResult, document);
    if (!parsed.ok) return [parsed];
    const { backend, accept_length: acceptLength } = parsed.value;
    if (acceptLength && acceptLength > 1) {
      return [refuse("/accept_length", `is ${acceptLength}: a run with speculative decoding says nothing about decoding without`)];
    }
    return [readServingScript(document, { engineName: engineOf(backend ?? "") })];
  },
};

/** The script speaks to other servers too, by the names of its backends. */
const engineOf = (backend: string): EngineName | undefined => {
  if (backend.startsWith("vllm")) return "vllm";
  return backend === "trt" ? "tensorrt-llm" : undefined;
};
