import { refuse, type Outcome } from "@headroom/core";
import type { CommandName } from "./doors.ts";
export const askServer = (_server: string, _name: CommandName) => async (_request: unknown): Promise<Outcome<unknown>> => refuse("", "x");
