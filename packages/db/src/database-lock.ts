import postgres from "postgres";

/** What only one process at a time may do in a database. Any numbers will do that nothing else locks. */
const locks = { migrate: "7310021", "prepare the queue": "7310023" } as const;

/** Does the work while no other process does the same in that database; whoever comes meanwhile waits. */
export const underDatabaseLock = async <T>(url: string, purpose: keyof typeof locks, work: () => Promise<T>): Promise<T> => {
  const holder = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const session = await holder.reserve();
    await session`select pg_advisory_lock(${locks[purpose]})`;
    try {
      return await work();
    } finally {
      session.release();
    }
  } finally {
    // The lock ends with its session.
    await holder.end({ timeout: 5 });
  }
};
