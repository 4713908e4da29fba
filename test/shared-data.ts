import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../shared/", import.meta.url));

/** Measurements and problems that lie beside the repository, where somebody put them; a clone alone has none. */
export const hasSharedData = existsSync(folder);

export const sharedPath = (name: string): string => `${folder}${name}`;

/** Put into a title, so that a report says why nothing ran. */
export const sharedNote = hasSharedData ? "" : " (skipped: no ../shared)";
