/** "0.11.2" as 11.002: comparable within one major version; majors count a million. */
const releaseNumber = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major * 1e6 + minor + patch / 1000;
};

/** Whether a release is at least `since`; a version that nobody states counts as the newest. */
export const isSince = (version: string | undefined, since: string): boolean =>
  version === undefined || releaseNumber(version) >= releaseNumber(since);
