/** Memory of processes. */
export {
  access_ok,
  copy_from_user,
  copy_to_user,
  get_user,
  put_user,
  VERIFY_READ,
  VERIFY_WRITE,
} from "../../lib/usercopy.ts";
