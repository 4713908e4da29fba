import { readFileSync } from "node:fs";
import { parseMixRequest } from "@headroom/core";
import { defaultBackends, mixMachines } from "@headroom/solver";
import { describe, expect, it } from "vitest";
import { hasSharedData, sharedNote, sharedPath } from "../shared-data.ts";

interface Problem {
  readonly request: object;
  readonly optimum: readonly { readonly mode: string; readonly capacity_limited: boolean; readonly cost_cents_per_hour: number }[];
}

const problem: Problem | undefined = hasSharedData
  ? JSON.parse(readFileSync(sharedPath("problems/many-services-small.json"), "utf8"))
  : undefined;

describe.skipIf(!hasSharedData)(`many services over one stock${sharedNote}`, () => {
  it.each([
    { optionsPerService: "one", mode: "single", limited: true },
    { optionsPerService: "one", mode: "single", limited: false },
    { optionsPerService: "any", mode: "mixed", limited: true },
    { optionsPerService: "any", mode: "mixed", limited: false },
  ])(
    "$mode options, stock limited: $limited, at the proven optimum",
    async ({ optionsPerService, mode, limited }) => {
      const { request, optimum } = problem ?? { request: {}, optimum: [] };
      const parsed = parseMixRequest({ ...request, optionsPerService, ...(limited ? {} : { stock: {} }) });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      const outcome = await mixMachines(parsed.value, { backends: defaultBackends, nowMs: () => performance.now() });
      const cents = optimum.find((known) => known.mode === mode && known.capacity_limited === limited)?.cost_cents_per_hour ?? Number.NaN;
      expect(outcome).toMatchObject({ ok: true, value: { status: "optimal", proof: { gap: 0, verified: true } } });
      if (outcome.ok) expect(Number(outcome.value.usdPerHour) * 100).toBeCloseTo(cents, 6);
    },
    60_000,
  );
});
