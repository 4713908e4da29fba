export * from "./estimate-training.ts";
export * from "./training-estimate.ts";
