export function buildBundles(): Promise<void>;
export function adapterFiles(): Promise<[name: string, contents: Uint8Array][]>;
