export function buildPlain(entry: string, outfile: string): Promise<void>;
