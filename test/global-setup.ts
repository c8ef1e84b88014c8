/** Before any test: the kernel image is up to date (it is what the tests boot). */
import { buildKernelImage } from "../scripts/build/kernel-image.mjs";

export default async function setup(): Promise<void> {
  await buildKernelImage();
}
