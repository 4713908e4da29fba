export declare const browserArguments: readonly string[];
export declare const findBrowser: () => Promise<string | undefined>;
