/** The code of the error that a thread ends with when it needs more memory than it may have; Node's own. */
export const outOfMemoryCode = "ERR_WORKER_OUT_OF_MEMORY";

export const isOutOfMemory = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === outOfMemoryCode;
