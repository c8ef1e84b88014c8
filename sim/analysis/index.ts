/** Static analysis of driver models: what the language server and `netdev-lab lint` use. */
export { type AnalysisResult, analyse, type FunctionFact } from "./analyse.ts";
export { API, type ApiFunction } from "./api/table.ts";
export { type ContextKind, ROLES, type Role, type RoleInfo } from "./entries.ts";
export type { Fix, RelatedSpan, Span, StaticFinding } from "./finding.ts";
export type { ParseCache } from "./model.ts";
