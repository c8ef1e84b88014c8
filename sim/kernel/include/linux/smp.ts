/** CPUs. */
export {
  get_cpu,
  NR_CPUS,
  num_online_cpus,
  on_each_cpu,
  put_cpu,
  raw_smp_processor_id,
  smp_call_function,
  smp_processor_id,
} from "../../kernel/smp.ts";
