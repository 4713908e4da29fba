import type { Plan, PlanCost } from "@headroom/core";
import { formatTotal, signOf } from "@/lib/format/money.ts";
import { counted } from "@/lib/format/quantities.ts";

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
}

/** What the plan costs, in the sizes that people budget in. */
export const CostFigures = ({ plan, cost }: { readonly plan: Plan; readonly cost: PlanCost }) => {
  const [main, ...rest] = figuresOf(plan, cost);
  return (
    <dl className="mt-7 grid grid-cols-2 gap-x-6 gap-y-5 border-line border-y py-6 lg:flex lg:flex-wrap lg:items-end lg:gap-x-14">
      {main && (
        <div className="col-span-2">
          <dt className="text-sm text-soft">{main.label}</dt>
          <dd className="mt-1 whitespace-nowrap font-semibold text-4xl tracking-tight">
            {main.value} <span className="font-normal text-lg text-soft tracking-normal">{main.unit}</span>
          </dd>
        </div>
      )}
      {rest.map(({ label, value, unit }) => (
        <div key={label} className="min-w-0">
          <dt className="break-words text-sm text-soft">{label}</dt>
          <dd className="mt-1 whitespace-nowrap font-medium text-xl tracking-tight">
            {value} <span className="font-normal text-sm text-soft">{unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const figuresOf = ({ assumptions, request }: Plan, cost: PlanCost): Figure[] => [
  { label: "A month of 730 hours", value: formatTotal(cost.usdPerMonth), unit: "USD" },
  { label: "An hour", value: formatTotal(cost.usdPerHour), unit: "USD" },
  { label: `The horizon, ${counted(Number(assumptions.horizonHours), "hour")}`, value: formatTotal(cost.usdHorizon), unit: "USD" },
  ...(signOf(cost.usdCommittedBeyondHorizon) > 0
    ? [{ label: "Owed after the horizon", value: formatTotal(cost.usdCommittedBeyondHorizon), unit: "USD" }]
    : []),
  ...Object.entries(cost.usdPerMillionOutputTokens).map(([service, usd]) => ({
    label: request.services.length > 1 ? `A million output tokens of ${service}` : "A million output tokens",
    value: formatTotal(usd),
    unit: "USD",
  })),
];
