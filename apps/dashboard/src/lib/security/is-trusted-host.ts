const localName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Whether a Host header names this dashboard. Any web page can point a name of its own at the loopback address and
 * would then be of our origin, so names other than the machine's own must be listed, separated by commas.
 */
export const isTrustedHost = (host: string | null, listed = ""): boolean => {
  const name = host?.replace(/:\d+$/, "").toLowerCase() ?? "";
  return (
    localName.test(name) ||
    listed
      .toLowerCase()
      .split(",")
      .some((trusted) => trusted.trim() !== "" && trusted.trim() === name)
  );
};
