/** Errors where a pointer is expected. */
export { ERR_PTR, type err_ptr, IS_ERR, PTR_ERR } from "../../lib/err.ts";
