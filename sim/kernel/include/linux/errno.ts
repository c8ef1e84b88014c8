/** Error numbers. */
export * from "../../lib/errno.ts";
