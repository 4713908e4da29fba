import type { Answer } from "@headroom/client";
import type { Plan } from "@headroom/core";
import { notFound } from "next/navigation";
import { apiClient } from "../api/api-client.ts";

/** A stored plan; shows the page for what does not exist where there is none. */
export const loadPlan = async (id: string): Promise<Answer<Plan>> => {
  const plan = await apiClient().getPlan(id);
  if (!plan.ok && plan.kind === "problem" && plan.problem.status === 404) notFound();
  return plan;
};
