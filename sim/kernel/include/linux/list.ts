/** Linked lists. */
export {
  INIT_LIST_HEAD,
  LIST_HEAD,
  list_add,
  list_add_tail,
  list_del,
  list_del_init,
  list_empty,
  list_entry,
  list_for_each_entry,
  list_for_each_entry_reverse,
  list_for_each_entry_safe,
  list_head,
  list_move,
  list_move_tail,
  list_splice,
  list_splice_init,
} from "../../lib/list.ts";
