import { displayName, findAccelerator } from "@headroom/core";

/** "H200 141GB SXM" for "h200-sxm"; an id that is not known stands for itself. */
export const acceleratorName = (id: string): string => {
  const found = findAccelerator(id);
  return found.ok ? displayName(found.value) : id;
};
