import type { Answer } from "@headroom/client";
import type { Plan } from "@headroom/core";
import { applyRelaxation, relaxationInWords, relaxedValue } from "../plan/apply-relaxation.ts";
import { loadPlan } from "../plans/load-plan.ts";
import { formOf } from "./form-of-request.ts";
import { type FormState, formState, jsonState } from "./form-state.ts";
import { findPreset } from "./presets.ts";

interface StartTerms {
  readonly preset: string | undefined;
  /** A stored plan whose request to start from. */
  readonly from: string | undefined;
  /** The position of the relaxation to make in it. */
  readonly relax: string | undefined;
}

export interface Start {
  readonly state: FormState;
  readonly from: { readonly id: string; readonly name: string; readonly changed: string | undefined } | undefined;
}

/** What the form starts with: a preset, or the request of a stored plan. */
export const loadStart = async ({ preset, from, relax }: StartTerms): Promise<Answer<Start>> => {
  if (from === undefined) return { ok: true, value: { state: formState(findPreset(preset).values), from: undefined } };
  const plan = await loadPlan(from);
  return plan.ok ? { ok: true, value: startFrom(plan.value, relax) } : plan;
};

const startFrom = (plan: Plan, relax: string | undefined): Start => {
  const relaxation = relax === undefined ? undefined : plan.explanation.relaxations?.[Number(relax)];
  const request = (relaxation && applyRelaxation(plan.request, relaxation)) ?? plan.request;
  const values = formOf(request);
  const changed =
    relaxation && request !== plan.request
      ? `${relaxationInWords(relaxation)}, ${relaxedValue(relaxation, relaxation.to)} instead of ${relaxedValue(relaxation, relaxation.from)}`
      : undefined;
  return {
    state: values ? formState(values) : jsonState(request, "This request says more than the form can show. Edit it here and plan it."),
    from: { id: plan.id, name: plan.name ?? "Unnamed plan", changed },
  };
};
