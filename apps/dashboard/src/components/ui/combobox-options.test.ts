import { expect, it } from "vitest";
import { optionsMatching } from "./combobox-options.ts";

const options = [
  { value: "deepseek-ai/DeepSeek-V3", note: "671.0B" },
  { value: "Qwen/Qwen3-8B", note: "8.2B" },
  { value: "Europe/Berlin" },
];

it.each([
  ["", 3],
  ["deepseek", 1],
  ["v3 671", 1],
  ["QWEN 8", 1],
  ["berlin qwen", 0],
])("finds by every word of “%s”", (typed, count) => {
  expect(optionsMatching(options, typed)).toHaveLength(count);
});
