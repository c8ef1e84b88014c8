/** Parameters of modules. */
export { MODULE_PARM_DESC, module_param, module_param_string } from "../../kernel/module.ts";
