/** Entry and exit of a module. */
export { module_exit, module_init } from "../../kernel/module.ts";
