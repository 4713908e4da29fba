import type { Answer } from "./answer.ts";
import type { JobDocument } from "./documents/job.ts";
import type { CallOptions, HeadroomClient } from "./headroom-client.ts";

const pollMs = 500;

/** Asks for the job until it has ended, however it ended. */
export const waitForJob = async (client: HeadroomClient, begun: JobDocument, options: CallOptions): Promise<Answer<JobDocument>> => {
  let job = begun;
  while (job.status === "queued" || job.status === "solving") {
    if (options.signal?.aborted) return { ok: false, kind: "network", detail: "stopped waiting for the job" };
    await pause(pollMs);
    const polled = await client.getJob(job.id, options);
    if (!polled.ok) return polled;
    job = polled.value;
  }
  return { ok: true, value: job };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const endedWithout = ({ kind, status, problem }: JobDocument): Answer<never> => ({
  ok: false,
  kind: "problem",
  problem: problem ?? { type: "about:blank", title: `The job is ${status} and has no ${kind}`, status: 409 },
});
