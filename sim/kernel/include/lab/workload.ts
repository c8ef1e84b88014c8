/** Simulated user space: see docs/workloads.md. */
export * from "../../../workload/workload.ts";
