/** Mutexes. */
export {
  DEFINE_MUTEX,
  mutex,
  mutex_destroy,
  mutex_init,
  mutex_is_locked,
  mutex_lock,
  mutex_lock_interruptible,
  mutex_trylock,
  mutex_unlock,
} from "../../kernel/mutex.ts";
