/**
 * A request may bring the plan in force. Ten weekly services of three classes in twelve stages, the most that solves within the
 * default limits, make one of 17 MB.
 */
export const largestRequest = 32 * 1024 * 1024;
