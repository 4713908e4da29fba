import { scaleLinear } from "@visx/scale";
import { Bar, Line } from "@visx/shape";

interface BulletChartProps {
  readonly label: string;
  readonly value: number;
  readonly target: number | undefined;
  readonly band?: readonly [number, number] | undefined;
}

/** A value as a bar, its band as a pale stretch, and its target as a mark that the bar should not pass. */
export const BulletChart = ({ label, value, target, band }: BulletChartProps) => {
  const most = Math.max(value * 1.25, (target ?? 0) * 1.12, (band?.[1] ?? 0) * 1.05);
  const position = scaleLinear({ domain: [0, most], range: [0, 100], clamp: true });
  const at = (amount: number): string => `${position(amount)}%`;
  return (
    <svg role="img" aria-label={label} className="block h-6 w-full">
      <Bar x="0" y="4" width="100%" height="16" rx="2" fill="var(--color-sunken)" />
      {band && (
        <Bar
          x={at(band[0])}
          y="4"
          width={`${position(band[1]) - position(band[0])}%`}
          height="16"
          fill="var(--color-part-kv-cache)"
          opacity="0.45"
        />
      )}
      <Bar x="0" y="8" width={at(value)} height="8" rx="1" fill="var(--color-part-weights)" />
      {target !== undefined && <Line x1={at(target)} x2={at(target)} y1="1" y2="23" stroke="var(--color-ink)" strokeWidth={2} />}
    </svg>
  );
};
