"use client";

import { FormFold } from "@/components/request-form/form-fold.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { SelectField } from "@/components/request-form/select-field.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";
import { statedDefaults } from "@/lib/request-form/stated-defaults.ts";

const engines = [
  { value: "vllm", label: "vLLM" },
  { value: "sglang", label: "SGLang" },
  { value: "tensorrt-llm", label: "TensorRT-LLM" },
  { value: "transformers", label: "Transformers" },
];

const eager = [
  { value: "true", label: "Eager" },
  { value: "false", label: "CUDA graphs" },
];

export const EngineFields = ({ at }: { readonly at: string }) => {
  return (
    <FormFold summary="vLLM with its defaults, unless said otherwise" places={[`${at}/engine`, `${at}/reserve`]}>
      <GroupErrors at={`${at}/engine`} />
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
        <SelectField at={`${at}/engine/name`} label="Engine" whenEmpty="vLLM, the default" choices={engines} />
        <TextField at={`${at}/engine/version`} label="Version" whenEmpty="any" />
        <SelectField at={`${at}/engine/enforceEager`} label="Execution" whenEmpty="CUDA graphs, the default" choices={eager} />
        <TextField
          at={`${at}/engine/gpuMemoryUtilization`}
          label="Memory given to the engine"
          unit="0 to 1"
          kind="number"
          whenEmpty={statedDefaults.gpuMemoryUtilization}
          hint="gpu-memory-utilization, mem-fraction-static"
        />
        <TextField
          at={`${at}/engine/maxModelLen`}
          label="Longest sequence"
          unit="tokens"
          kind="number"
          whenEmpty="as the traffic needs"
          hint="max-model-len"
        />
        <TextField
          at={`${at}/engine/maxNumSeqs`}
          label="Requests at once"
          unit="at most"
          kind="number"
          whenEmpty={statedDefaults.maxNumSeqs}
          hint="max-num-seqs"
        />
        <TextField
          at={`${at}/engine/maxNumBatchedTokens`}
          label="Tokens in a step"
          unit="at most"
          kind="number"
          whenEmpty={statedDefaults.maxNumBatchedTokens}
          hint="max-num-batched-tokens"
        />
        <TextField at={`${at}/reserve/memoryShare`} label="Memory kept free" unit="%" kind="number" whenEmpty="0" />
        <TextField at={`${at}/reserve/computeShare`} label="Compute kept free" unit="%" kind="number" whenEmpty="0" />
      </div>
      <GroupErrors at={`${at}/reserve`} />
    </FormFold>
  );
};
