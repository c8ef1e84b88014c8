/** Notifier chains. */
export {
  NOTIFY_BAD,
  NOTIFY_DONE,
  NOTIFY_OK,
  NOTIFY_STOP,
  NOTIFY_STOP_MASK,
  notifier_block,
  notifier_call_chain,
  notifier_chain_register,
  notifier_chain_unregister,
  notifier_head,
} from "../../kernel/sys.ts";
