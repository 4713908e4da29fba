import { randomUUID } from "node:crypto";

export const newId = (kind: "run" | "schedule" | "job"): string => `${kind}_${randomUUID()}`;
