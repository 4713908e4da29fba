/** The embedded PostgreSQL cannot be had here; the message says why and what to do instead. */
export class EmbeddedServerError extends Error {
  override readonly name = "EmbeddedServerError";

  constructor(reason: string) {
    super(`${reason}. Or set DATABASE_URL to a PostgreSQL 15 or newer of your own`);
  }
}
