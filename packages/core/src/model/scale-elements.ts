import { type StoredFormat, type StoredFormats, storedFormat } from "./stored-formats.ts";
import type { WeightTensor } from "./weight-tensor.ts";

export const formatOf = (tensor: WeightTensor, formats: StoredFormats): StoredFormat => {
  if (tensor.alwaysFp32) return storedFormat("fp32");
  return tensor.quantized ? formats.byRole[tensor.role] : formats.wide;
};

/** How many scales lie beside a tensor, rounded up to whole blocks in each of its matrices. */
export const scaleElements = ({ rows, columns, copies }: WeightTensor, { scales }: StoredFormat): number => {
  switch (scales.per) {
    case "none":
      return 0;
    case "row":
      return rows * copies;
    case "block":
      return Math.ceil(rows / scales.rows) * Math.ceil(columns / scales.columns) * copies;
    case "group":
      return rows * Math.ceil(columns / scales.elements) * copies;
  }
};

/** Elements and scales of a tensor as stored. */
export const storedBytes = (tensor: WeightTensor, formats: StoredFormats): number => {
  const format = formatOf(tensor, formats);
  const scaleBytes = format.scales.per === "none" ? 0 : format.scales.bytes * scaleElements(tensor, format);
  return (tensor.rows * tensor.columns * tensor.copies * format.bytesPerElement + scaleBytes) * (formats.byteFactor ?? 1);
};
