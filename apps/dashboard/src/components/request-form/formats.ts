import type { Choice } from "@/components/request-form/select-field.tsx";

const named = (...formats: string[]): readonly Choice[] => formats.map((format) => ({ value: format, label: format.toUpperCase() }));

export const weightFormatChoices = named("bf16", "fp16", "fp32", "fp8", "int8", "int4", "nvfp4", "mxfp4");
export const kvCacheFormatChoices = named("bf16", "fp8", "int8", "nvfp4");
