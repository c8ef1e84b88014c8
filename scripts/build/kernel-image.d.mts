export function buildKernelImage(): Promise<void>;
