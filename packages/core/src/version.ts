import manifest from "../package.json" with { type: "json" };

/** Of Headroom: part of what a plan's hash stands for, the same through every door. */
export const headroomVersion: string = manifest.version;
