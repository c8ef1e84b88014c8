/** Kernel threads. */
export {
  kthread_bind,
  kthread_create,
  kthread_run,
  kthread_should_stop,
  kthread_stop,
} from "../../kernel/kthread.ts";
export { ERR_PTR, type err_ptr, IS_ERR, PTR_ERR } from "../../lib/err.ts";
