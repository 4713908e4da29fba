import { costPerHour, formatUsd, lineEgress, type PlanLine } from "@headroom/core";

interface Horizon {
  readonly rules: { readonly horizonHours: number };
}

/** The same lines with what their answers cost on their way out, where the request prices that. */
export const linesWithEgress = (lines: readonly PlanLine[], routed: Parameters<typeof lineEgress>[0] & Horizon): PlanLine[] =>
  lines.map((line, index) => {
    const { egress: _before, ...bare } = line;
    const egress = line.training ? undefined : lineEgress(routed, line, index);
    return egress ? { ...bare, egress, usdPerHour: formatUsd(costPerHour([{ ...bare, egress }], routed.rules)) } : bare;
  });
