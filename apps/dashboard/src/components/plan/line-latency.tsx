import type { Plan, PlanLine } from "@headroom/core";
import { BulletChart } from "@/components/charts/bullet-chart.tsx";
import { Detail } from "@/components/ui/detail.tsx";
import { formatCount } from "@/lib/format/quantities.ts";
import { type LatencyTarget, latencyTargets } from "@/lib/plan/latency-targets.ts";
import { estimateSourceWords } from "@/lib/plan/offer-words.ts";

interface LineLatencyProps {
  readonly plan: Plan;
  readonly line: PlanLine;
}

/** Predicted latencies at the planned load against their targets, and how far the replicas are from full. */
export const LineLatency = ({ plan, line }: LineLatencyProps) => {
  const { predicted } = line;
  if (!predicted) return null;
  const source = estimateSourceWords[predicted.source];
  const targets = latencyTargets(line, plan);
  return (
    <div className="min-w-0">
      <h4 className="text-sm text-soft">
        Latency at the planned load, p{predicted.percentile}, <Detail detail={source.meaning}>{source.label}</Detail>
      </h4>
      <dl className="mt-2 space-y-3">
        {targets.map((target) => (
          <LatencyRow key={target.id} target={target} percentile={predicted.percentile} />
        ))}
      </dl>
      {targets.some(({ bandMs }) => bandMs) && (
        <p className="mt-3 text-soft text-xs leading-5">
          The mark is the target, the pale stretch the band in which 80 % of measurements are expected.
        </p>
      )}
      <InFlight predicted={predicted} />
    </div>
  );
};

const LatencyRow = ({ target, percentile }: { readonly target: LatencyTarget; readonly percentile: number }) => {
  const { label, meaning, unit, predictedMs, targetMs, bandMs, format } = target;
  const figures =
    targetMs === undefined ? `${format(predictedMs)} ${unit}, no target` : `${format(predictedMs)} of ${format(targetMs)} ${unit}`;
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 text-sm">
      <dt>
        <Detail detail={meaning}>{label}</Detail>
      </dt>
      <dd className="text-right">
        {figures}
        {bandMs && (
          <span className="text-soft">
            {" "}
            · band {format(bandMs[0])} to {format(bandMs[1])} {unit}
          </span>
        )}
      </dd>
      <dd className="col-span-2">
        <BulletChart label={`${label}, p${percentile}: ${figures}`} value={predictedMs} target={targetMs} band={bandMs} />
      </dd>
    </div>
  );
};

const InFlight = ({ predicted }: { readonly predicted: NonNullable<PlanLine["predicted"]> }) => (
  <table className="mt-4 w-full text-sm leading-6">
    <caption className="sr-only">Requests in flight on one replica</caption>
    <thead className="sr-only">
      <tr>
        <th scope="col">What</th>
        <th scope="col">Requests</th>
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row" className="text-left font-normal text-soft">
          In flight on one replica at the planned load
        </th>
        <td className="whitespace-nowrap pl-4 text-right align-top">{formatCount(predicted.requestsInFlightPerReplica)}</td>
      </tr>
      {Object.entries(predicted.maxRequestsInFlightPerReplica).map(([trafficClass, most]) => (
        <tr key={trafficClass}>
          <th scope="row" className="text-left font-normal text-soft">
            At most within the targets, {trafficClass}
          </th>
          <td className="whitespace-nowrap pl-4 text-right align-top">{formatCount(most)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
