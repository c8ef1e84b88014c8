/** Semaphores. */
export {
  DECLARE_MUTEX,
  DECLARE_MUTEX_LOCKED,
  down,
  down_interruptible,
  down_trylock,
  init_MUTEX,
  init_MUTEX_LOCKED,
  sema_init,
  semaphore,
  up,
} from "../../kernel/semaphore.ts";
