export interface HoldLease {
  /** False where the lease is lost. */
  readonly renew: () => Promise<boolean>;
  readonly everyMs: number;
}

/**
 * Does the work while renewing its lease, and aborts it once the lease is lost: then somebody else has it, or it was
 * cancelled. A renewal that fails for want of a database is tried again; what is written in the end needs the lease anyway.
 */
export const holdLease = async <T>({ renew, everyMs }: HoldLease, work: (lost: AbortSignal) => Promise<T>): Promise<T> => {
  const lost = new AbortController();
  const timer = setInterval(() => {
    renew().then(
      (held) => {
        if (!held) lost.abort();
      },
      () => undefined,
    );
  }, everyMs);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
  }
};
