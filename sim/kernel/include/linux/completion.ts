/** Completions. */
export {
  complete,
  complete_all,
  completion,
  DECLARE_COMPLETION,
  INIT_COMPLETION,
  init_completion,
  wait_for_completion,
  wait_for_completion_interruptible,
  wait_for_completion_interruptible_timeout,
  wait_for_completion_timeout,
} from "../../kernel/completion.ts";
