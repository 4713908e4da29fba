/**
 * The machines that carry an accelerator which the list prices apart from its host. A card that goes into any machine
 * of the n1 family gets four virtual processors a card, as far as the listed sizes reach.
 */
export const hostMachines: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  A100: { 1: ["a2-highgpu-1g"], 2: ["a2-highgpu-2g"], 4: ["a2-highgpu-4g"], 8: ["a2-highgpu-8g"], 16: ["a2-megagpu-16g"] },
  "A100-80GB": { 1: ["a2-ultragpu-1g"], 2: ["a2-ultragpu-2g"], 4: ["a2-ultragpu-4g"], 8: ["a2-ultragpu-8g"] },
  H100: { 1: ["a3-highgpu-1g"], 2: ["a3-highgpu-2g"], 4: ["a3-highgpu-4g"], 8: ["a3-highgpu-8g"] },
  "H100-MEGA": { 8: ["a3-megagpu-8g"] },
  H200: { 8: ["a3-ultragpu-8g"] },
  B200: { 8: ["a4-highgpu-8g"] },
  L4: {
    1: ["g2-standard-4", "g2-standard-8", "g2-standard-12", "g2-standard-16", "g2-standard-32"],
    2: ["g2-standard-24"],
    4: ["g2-standard-48"],
    8: ["g2-standard-96"],
  },
  T4: { 1: ["n1-standard-4"], 2: ["n1-standard-8"], 4: ["n1-standard-16"] },
  V100: { 1: ["n1-standard-4"], 2: ["n1-standard-8"], 4: ["n1-standard-16"], 8: ["n1-standard-16"] },
};

/** Hosts that take different cards: alone, such a name does not say what machine it is. */
export const isBareHost = (name: string): boolean => name.startsWith("n1-");
