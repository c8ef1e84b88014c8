/** Bytes and strings. */
export {
  memcmp,
  memcpy,
  memmove,
  memset,
  strcat,
  strchr,
  strcmp,
  strcpy,
  strlcpy,
  strlen,
  strncmp,
  strncpy,
  strnicmp,
  strstr,
} from "../../lib/string.ts";
export { kstrdup } from "../../mm/util.ts";
