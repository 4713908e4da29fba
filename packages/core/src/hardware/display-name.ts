import type { Accelerator } from "./accelerator.ts";

/** A chip as people name it: "H100 80GB SXM", "A100 40GB PCIe", "MI300X 192GB". */
export const displayName = ({ name, marketedGb }: Accelerator): string => {
  const words = name.split("-").filter((word) => !/^\d+GB$/i.test(word));
  const firstForm = words.findIndex((word) => /^(SXM\d?|PCIe|NVL)$/i.test(word));
  const chip = firstForm < 0 ? words : words.slice(0, firstForm);
  const form = firstForm < 0 ? [] : words.slice(firstForm);
  return [...chip, `${marketedGb}GB`, ...form].join(" ");
};
