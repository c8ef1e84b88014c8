export function buildPlain(root: string, entry: string, outfile: string): Promise<void>;
