import { fileURLToPath } from "node:url";

/** Where Headroom keeps its data: `HEADROOM_DATA_DIR`, or `.headroom` in the repository. */
export const dataFolder = (): string => process.env.HEADROOM_DATA_DIR ?? fileURLToPath(new URL("../../../.headroom", import.meta.url));
