import type { PlanRequest } from "@headroom/core";
import { expect, it } from "vitest";
import { withoutEarlierPlans } from "./without-earlier-plans.ts";

const services: PlanRequest["services"] = [];

it.each([
  { name: "no plan in force", request: { services } },
  { name: "a plan in force that was made from nothing", request: { services, current: { id: "a", request: { services } } } },
  { name: "what is no plan", request: { services, current: { request: "none" } } },
])("leaves $name as it is", ({ request }) => expect(withoutEarlierPlans(request)).toBe(request));

it("keeps the plan in force and leaves out what was in force before it", () => {
  const request = { services, current: { id: "b", request: { name: "x", services, current: { id: "a" } } } };
  expect(withoutEarlierPlans(request)).toEqual({ services, current: { id: "b", request: { name: "x", services } } });
});
