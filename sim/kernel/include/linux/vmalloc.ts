/** Virtually contiguous memory. */
export { vfree, vmalloc } from "../../mm/vmalloc.ts";
