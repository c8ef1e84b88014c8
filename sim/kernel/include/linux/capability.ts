/** Rights of processes. */
export {
  CAP_NET_ADMIN,
  CAP_NET_BIND_SERVICE,
  CAP_NET_RAW,
  CAP_SYS_ADMIN,
  CAP_SYS_MODULE,
  CAP_SYS_RAWIO,
  capable,
} from "../../kernel/capability.ts";
