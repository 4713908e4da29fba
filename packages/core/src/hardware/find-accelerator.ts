import { nearestNames, type Outcome, refuse, succeed } from "../units/index.ts";
import type { Accelerator } from "./accelerator.ts";
import { accelerators } from "./accelerators.ts";

/** What people write for a chip that has one usual form. The general word takes the part that clouds sell most. */
const aliases: Readonly<Record<string, string>> = {
  h100: "h100-sxm",
  "h100-80gb": "h100-sxm",
  "h100-sxm5": "h100-sxm",
  "h100-sxm-80gb": "h100-sxm",
  "h100-mega": "h100-sxm",
  "h100-megagpu": "h100-sxm",
  h800: "h800-sxm",
  h200: "h200-sxm",
  "h200-sxm-141gb": "h200-sxm",
  a100: "a100-sxm-40gb",
  "a100-40gb": "a100-sxm-40gb",
  "a100-80gb": "a100-sxm-80gb",
  "a100-80gb-sxm": "a100-sxm-80gb",
  "a100-sxm": "a100-sxm-80gb",
  "a100-sxm4": "a100-sxm-80gb",
  "a100-sxm4-80gb": "a100-sxm-80gb",
  "a100-80gb-pcie": "a100-pcie-80gb",
  a800: "a800-sxm-80gb",
  "a800-80gb": "a800-sxm-80gb",
  v100: "v100-sxm2-16gb",
  "v100-16gb": "v100-sxm2-16gb",
  "v100-32gb": "v100-sxm2-32gb",
  b200: "b200-sxm",
  b300: "b300-sxm",
  gh200: "gh200-96gb",
  rtx3090: "rtx-3090",
  rtx4090: "rtx-4090",
  rtx5090: "rtx-5090",
  "rtx6000-ada": "rtx-6000-ada",
  "rtx-pro-6000": "rtx-pro-6000-blackwell-server",
  "rtx-pro-6000-blackwell": "rtx-pro-6000-blackwell-server",
  "jetson-orin": "jetson-agx-orin-64gb",
  "jetson-agx-orin": "jetson-agx-orin-64gb",
  trainium: "trainium1",
  inferentia: "inferentia2",
};

const byId: ReadonlyMap<string, Accelerator> = new Map(accelerators.map((accelerator) => [accelerator.id, accelerator]));

/** Finds an accelerator by its id or by a common alias, in any case; refuses with the nearest names. */
export const findAccelerator = (name: string): Outcome<Accelerator> => {
  const id = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-")
    .replace(/^nvidia-/, "");
  const found = byId.get(id) ?? byId.get((Object.hasOwn(aliases, id) && aliases[id]) || "");
  if (found) return succeed(found);
  return refuse("", `"${name}" is not a known accelerator; the nearest are ${nearestNames(id, [...byId.keys()]).join(", ")}`);
};
