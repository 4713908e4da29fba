import "server-only";
import { type HeadroomClient, headroomClient } from "@headroom/client";

/** Read at each call: a built dashboard is told where its API is when it starts. */
export const apiAddress = (): string => process.env.HEADROOM_API_URL ?? "http://127.0.0.1:4310";

export const apiClient = (): HeadroomClient => headroomClient({ baseUrl: apiAddress() });
