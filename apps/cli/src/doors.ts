import type { Answer } from "@headroom/client";

/** The contract's requests, one command each. */
export const commandNames = ["memory", "performance", "training", "mix", "plan", "frontier", "scenarios", "verify", "offers"] as const;

export type CommandName = (typeof commandNames)[number];

/** Takes a request as it was read and answers it, on this machine or on a server. */
export type Door = (request: unknown) => Promise<Answer<unknown>>;

export type Doors = Readonly<Record<CommandName, Door>>;
