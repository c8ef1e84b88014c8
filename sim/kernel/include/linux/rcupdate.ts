/** Read-copy update. */
export {
  call_rcu,
  rcu_assign_pointer,
  rcu_dereference,
  rcu_read_lock,
  rcu_read_lock_bh,
  rcu_read_unlock,
  rcu_read_unlock_bh,
  synchronize_net,
  synchronize_rcu,
  synchronize_sched,
} from "../../kernel/rcupdate.ts";
