"use client";

import { useEffect, useState } from "react";

interface SolveProgressProps {
  readonly startedAt: number;
  readonly jobId: string | undefined;
}

const tickMs = 1000;

export const SolveProgress = ({ startedAt, jobId }: SolveProgressProps) => {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - startedAt) / 1000)), tickMs);
    return () => clearInterval(timer);
  }, [startedAt]);
  return (
    <div>
      <p>
        Solving <span aria-hidden="true">{seconds} s</span>
        {jobId && (
          <span className="text-soft">
            . It takes longer and goes on by itself:{" "}
            <a href={`/jobs/${jobId}`} className="text-accent underline underline-offset-4">
              its own page
            </a>
          </span>
        )}
      </p>
      <div aria-hidden="true" className="mt-1.5 h-0.5 max-w-80 overflow-hidden rounded bg-line">
        <div className="h-full w-1/4 animate-[sweep_1.6s_ease-in-out_infinite] rounded bg-accent" />
      </div>
    </div>
  );
};
