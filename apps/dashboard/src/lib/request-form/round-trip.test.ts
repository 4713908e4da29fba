import { planRequest } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryRequest } from "./arbitrary-request.ts";
import { formOf } from "./form-of-request.ts";
import { presets } from "./presets.ts";
import { requestOf } from "./request-of-form.ts";

const minimal = {
  services: [
    {
      name: "chat",
      model: { id: "Qwen/Qwen3-8B" },
      demand: { classes: [{ name: "short", islTokens: 100, oslTokens: 100, share: 1 }], requestRatePerSecond: 2 },
      slo: { tpotMs: 50 },
    },
  ],
};

describe("request → form → request", () => {
  it("keeps the request, whatever fields it uses", () => {
    fc.assert(
      fc.property(arbitraryRequest, (request) => {
        const values = formOf(request);
        expect(values && requestOf(values)).toEqual(request);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what is typed in the form as well: form → request → form", () => {
    fc.assert(
      fc.property(arbitraryRequest, (request) => {
        const values = formOf(request);
        expect(values && formOf(requestOf(values) as typeof request)).toEqual(values);
      }),
    );
  });

  it.each(presets.slice(0, -1))("fills the form with a request that the API's schema accepts: $label", ({ values }) => {
    expect(planRequest.safeParse(requestOf(values)).error).toBeUndefined();
  });

  it("keeps a budget in the spelling that means the same", () => {
    const values = formOf({ ...minimal, limits: { budgetUsdPerMonth: "12.5" } });
    expect(values && requestOf(values)).toMatchObject({ limits: { budgetUsdPerMonth: 12.5 } });
  });

  it("leaves out that all three ways to buy are allowed, which is the default", () => {
    const values = formOf({ ...minimal, purchase: { capacityTypes: ["on-demand", "spot", "reserved"], horizonHours: 730 } });
    expect(values && requestOf(values)).toEqual({ ...minimal, purchase: { horizonHours: 730 } });
  });

  it("refuses to show a request that says more than its fields do", () => {
    expect(formOf({ ...minimal, batchJobs: [{ name: "nightly" }] } as unknown as typeof minimal)).toBeUndefined();
    expect(formOf({ ...minimal, market: { providers: ["two\nlines"] } })).toBeUndefined();
  });
});

describe("requestOf", () => {
  const ask = (changes: Record<string, string>) => requestOf({ ...formOf(minimal), ...changes });

  it.each([
    { name: "a grouped number", typed: "1,000", islTokens: 1000 },
    { name: "no number, for the API to refuse", typed: "many", islTokens: "many" },
    { name: "a decimal comma, for the API to refuse", typed: "0,5", islTokens: "0,5" },
    { name: "nothing", typed: " ", islTokens: undefined },
  ])("reads $name", ({ typed, islTokens }) => {
    const request = ask({ "/services/0/demand/classes/0/islTokens": typed }) as typeof minimal;
    expect(request.services[0]?.demand.classes[0]?.islTokens).toBe(islTokens);
  });

  it("asks only for the alternative that is chosen, and forgets nothing of the other", () => {
    const both = {
      "/services/0/demand/requestRatePerSecond/users": "1000",
      "/services/0/demand/requestRatePerSecond/concurrentShare": "5 %",
    };
    expect(ask({ ...both, "?/services/0/demand": "rate" })).toEqual(minimal);
    expect(ask({ ...both, "?/services/0/demand": "people" })).toMatchObject({
      services: [{ demand: { requestRatePerSecond: { users: 1000, concurrentShare: 0.05 } } }],
    });
  });

  it("asks for an item whose fields are all empty, so that the API names them", () => {
    expect(requestOf({ "/services/0/name": "", "/services/1/name": "b" })).toEqual({ services: [{}, { name: "b" }] });
  });

  it("passes a config that is not JSON on, for the API to refuse", () => {
    expect(ask({ "?/services/0/model": "config", "/services/0/model/config": "{" })).toMatchObject({
      services: [{ model: { config: "{" } }],
    });
  });

  it("tells no way to buy from every way", () => {
    expect(ask({ "/purchase/capacityTypes": "" })).toMatchObject({ purchase: { capacityTypes: [] } });
    expect(ask({ "/purchase/commitmentTerms": "none" })).toMatchObject({ purchase: { commitmentTerms: [] } });
  });
});
