export { defaultDataDirectory } from "./default-data-directory.ts";
export { EmbeddedServerError } from "./embedded-server-error.ts";
export { type EmbeddedServer, type EmbeddedServerOptions, openEmbeddedServer } from "./open-embedded-server.ts";
