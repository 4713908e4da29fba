import { createHash } from "node:crypto";
import { join } from "node:path";
import { closedFolder, serverUser } from "./server-user.ts";

/** Where root keeps what the server's account must reach. */
const systemFolder = "/var/lib/headroom";

/** `.headroom` in the repository; for a repository below a folder that is closed to the server's account, one of its own elsewhere. */
export const defaultDataDirectory = async (repository: string): Promise<string> => {
  const inside = join(repository, ".headroom");
  if ((await closedFolder(inside, await serverUser())) === undefined) return inside;
  return join(systemFolder, createHash("sha256").update(repository).digest("hex").slice(0, 12));
};
