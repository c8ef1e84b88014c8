// Builds everything that is delivered: the kernel image, the driver-facing types, and one bundle per program.
// `node scripts/build.mjs [--kernel] [--types] [--bundles]` builds only what is named.
import { buildBundles } from "./build/bundles.mjs";
import { buildKernelImage } from "./build/kernel-image.mjs";
import { buildTypes } from "./build/types.mjs";

const named = process.argv.slice(2);
const wanted = (part) => named.length === 0 || named.includes(`--${part}`);

const started = performance.now();
if (wanted("kernel")) await buildKernelImage();
await Promise.all([wanted("types") && buildTypes(), wanted("bundles") && buildBundles()]);
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
